import { afterEach, describe, expect, it } from 'vitest'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { detectServer } from '#main/thehive/detect.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { signal } from './harness.ts'
import { startWeb } from './start-web.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function web(listener: RequestListener): Promise<string> {
  const { url, stop } = await startWeb(listener)
  stops.push(stop)
  return url
}

/** Answers `path` with JSON and everything else with 404. */
const only =
  (path: string, body: unknown): RequestListener =>
  (request, response) => {
    response.statusCode = request.url === path ? 200 : 404
    response.end(request.url === path ? JSON.stringify(body) : 'Action not found')
  }

describe('finding out who answers', () => {
  it('knows a TheHive 5 by its public status', async () => {
    const hive = await startStandIn({ version: '5.4.1' })
    stops.push(hive.stop)
    expect(await detectServer({ url: `${hive.url}/api/v1/` }, signal)).toEqual({
      flavour: 'thehive5',
      version: '5.4.1',
      url: hive.url,
    })
  })

  it('knows TheHive 4 and 3 by what they run on', async () => {
    const four = await web(only('/api/status', { versions: { TheHive: '4.1.24-1', Scalligraph: '1.0' } }))
    const three = await web(only('/api/status', { versions: { TheHive: '3.5.2', ElasticSearch: '7' } }))
    expect(await detectServer({ url: four }, signal)).toMatchObject({
      flavour: 'thehive4',
      version: '4.1.24-1',
    })
    expect(await detectServer({ url: three }, signal)).toMatchObject({
      flavour: 'thehive3',
      version: '3.5.2',
    })
  })

  it('sends no credential', async () => {
    const seen: (string | undefined)[] = []
    const url = await web((request, response) => {
      seen.push(request.headers.authorization, request.headers.cookie)
      response.end(JSON.stringify({ version: '5.6.2' }))
    })
    await detectServer({ url, organisation: 'acme' }, signal)
    expect(seen).toEqual([undefined, undefined])
  })

  it('keeps a context path', async () => {
    const url = await web(only('/soc/hive/api/v1/status/public', { version: '5.6.2' }))
    expect(await detectServer({ url: `${url}/soc/hive/` }, signal)).toMatchObject({ url: `${url}/soc/hive` })
  })

  it.each([
    [
      'a web page',
      (_: unknown, response: { end: (text: string) => void }) => response.end('<html>hi</html>'),
    ],
    ['another API', only('/api/v1/status/public', { name: 'something else' })],
    ['nothing but 404', only('/none', {})],
  ])('says that %s is not a TheHive', async (_, listener) => {
    const url = await web(listener as RequestListener)
    await expect(detectServer({ url: `${url}/hive` }, signal)).rejects.toMatchObject({
      kind: 'unexpected-shape',
      message: expect.stringContaining('not a TheHive'),
      next: expect.stringContaining(url),
    })
  })

  it('does not follow a redirect but says where it leads', async () => {
    const url = await web((_, response) => {
      response.writeHead(302, { location: 'https://login.acme.example/sso?x=1' }).end()
    })
    await expect(detectServer({ url }, signal)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('https://login.acme.example'),
    })
  })

  it('says when what answers does not speak HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => new Promise((resolve) => server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    await expect(detectServer({ url: `http://127.0.0.1:${port}` }, signal)).rejects.toMatchObject({
      kind: 'unexpected-shape',
    })
  })

  it('says when nobody listens, and when the name is unknown', async () => {
    const url = await web(() => undefined)
    await stops.pop()?.()
    await expect(detectServer({ url }, signal)).rejects.toMatchObject({ kind: 'offline' })
    await expect(detectServer({ url: 'https://hive.invalid' }, signal)).rejects.toMatchObject({
      kind: 'offline',
      message: expect.stringContaining('hive.invalid'),
      details: { sent: false },
    })
  })
})
