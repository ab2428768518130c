import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openSession } from '#main/thehive/session.ts'
import { signal } from './harness.ts'
import { startWeb } from './start-web.ts'

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

type Seen = { target: string; auth: string | undefined }

/** A proxy that tunnels and forwards, or refuses with a status. */
async function startProxy(refuse?: number): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const note = ({ url = '', headers }: IncomingMessage) =>
    seen.push({ target: url, auth: headers['proxy-authorization'] })
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    note(request)
    response.writeHead(refuse ?? 200).end(JSON.stringify({ via: 'proxy' }))
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request)
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`)
    const [, port = ''] = (request.url ?? '').split(':')
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    stops.push(
      () => void onward.destroy(),
      () => void socket.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://ana:pw@127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

describe('a proxy', () => {
  it('is used, with the credentials in its address', async () => {
    const target = await startWeb((_, response) => response.end('{"via":"direct"}'))
    const proxy = await startProxy()
    const session = openSession({ url: target.url, apiKey: 'k', proxy: proxy.url })
    stops.push(() => session.close(), target.stop)
    await session.send({ method: 'GET', path: '/x' }, signal)
    expect(proxy.seen).toHaveLength(1)
    expect(proxy.seen[0]?.auth).toBe(`Basic ${Buffer.from('ana:pw').toString('base64')}`)
  })

  it('that is down, or refuses, means that nothing was sent; its credentials are never shown', async () => {
    const refusing = await startProxy(407)
    const gone = 'http://ana:pw@127.0.0.1:9'
    for (const proxy of [refusing.url, gone]) {
      const session = openSession({ url: 'https://hive.invalid', apiKey: 'k', proxy })
      const failure = await session
        .send({ method: 'GET', path: '/' }, signal)
        .catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ kind: 'offline', details: { sent: false } })
      expect((failure as Error).message).not.toContain('pw')
      await session.close()
    }
  })

  it('with an address that is none is refused before anything is sent', () => {
    for (const proxy of ['socks5://127.0.0.1:1080', 'nonsense']) {
      expect(() => openSession({ url: 'https://hive.invalid', apiKey: 'k', proxy })).toThrow(/proxy address/)
    }
  })
})
