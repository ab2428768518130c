import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { classifyFailure } from '#main/sync/classify-failure.ts'
import { openSession } from '#main/thehive/session.ts'
import { signal } from './harness.ts'
import { startWeb } from './start-web.ts'

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

type Seen = { target: string; auth: string | undefined }

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`

/** A proxy that tunnels and forwards, or refuses with a status; with `login`, whoever does not sign in so. */
async function startProxy(refusal?: number, login?: string): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  /** The status it refuses with. */
  const note = ({ url = '', headers }: IncomingMessage) => {
    const auth = headers['proxy-authorization']
    seen.push({ target: url, auth })
    return login !== undefined && auth !== basic(login) ? 407 : refusal
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const refuse = note(request)
    response.writeHead(refuse ?? 200).end(JSON.stringify({ via: 'proxy' }))
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const refuse = note(request)
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
    expect(proxy.seen[0]?.auth).toBe(basic('ana:pw'))
  })

  it.each([
    ['p@ss:w/rd#1 %', 'as it was typed', 'ana:p@ss:w/rd#1 %'],
    ['p@ss:w/rd#1 %', 'percent-encoded', 'ana:p%40ss%3Aw%2Frd%231%20%25'],
    ['ä', 'beyond ASCII', 'ana:ä'],
    ['', 'left out', 'ana'],
  ])('that asks for a password is signed in to with %j, %s', async (password, _, typed) => {
    const target = await startWeb((_request, response) => response.end('{}'))
    const { url, seen } = await startProxy(undefined, `ana:${password}`)
    const session = openSession({ url: target.url, apiKey: 'k', proxy: url.replace('ana:pw', typed) })
    stops.push(() => session.close(), target.stop)
    await session.send({ method: 'GET', path: '/x' }, signal)
    expect(seen.at(-1)?.auth).toBe(basic(`ana:${password}`))
  })

  it('that answers itself may echo the login: nothing of it is shown', async () => {
    const server = createServer((request, response) => {
      const said = `${request.headers['proxy-authorization']} is ana:pw-secret`
      response.writeHead(403, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ type: 'Refused', message: said }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => void server.close())
    const proxy = `http://ana:pw-secret@127.0.0.1:${(server.address() as AddressInfo).port}`
    const session = openSession({ url: 'http://127.0.0.1:9', apiKey: 'k', proxy })
    const failure = await session
      .send({ method: 'GET', path: '/' }, signal)
      .catch((thrown: unknown) => thrown)
    await session.close()
    expect(failure).toMatchObject({ kind: 'forbidden' })
    const shown = JSON.stringify(toErrorData(failure))
    expect(shown).toContain('ana:•••')
    expect(shown).not.toContain('pw-secret')
    expect(shown).not.toContain(basic('ana:pw-secret').slice('Basic '.length))
  })

  it('that is down, or refuses, means that nothing was sent; its credentials are never shown', async () => {
    const refusing = await startProxy(407)
    const gone = 'http://ana:pw@127.0.0.1:9'
    for (const [proxy, kind] of [
      [refusing.url, 'unauthorised'],
      [gone, 'offline'],
    ] as const) {
      const session = openSession({ url: 'https://hive.invalid', apiKey: 'k', proxy })
      const failure = await session
        .send({ method: 'GET', path: '/' }, signal)
        .catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ kind, details: { sent: false } })
      expect(inspect(failure, { depth: 9 })).not.toContain(':pw')
      expect(inspect(failure, { depth: 9 })).not.toContain(basic('ana:pw').slice('Basic '.length))
      await session.close()
    }
  })

  it.each([
    [407, 'unauthorised', /proxy does not accept the user name and password/, /user name and password/],
    [403, 'offline', /proxy does not connect to hive\.invalid \(status 403\)/, /runs the proxy/],
    [502, 'offline', /proxy does not connect to hive\.invalid \(status 502\)/, /runs the proxy/],
  ])(
    'that refuses the tunnel with %i is told from a server that is away',
    async (status, kind, message, next) => {
      const { url } = await startProxy(status)
      const session = openSession({ url: 'https://hive.invalid', apiKey: 'k', proxy: url })
      stops.push(() => session.close())
      const sending = session.send({ method: 'GET', path: '/' }, signal)
      await expect(sending).rejects.toMatchObject({
        ...{ kind, message: expect.stringMatching(message) as unknown },
        ...{ next: expect.stringMatching(next) as unknown, details: { sent: false, status } },
      })
    },
  )

  it('that asks for a password ahead of a server without TLS says nothing of what was to be sent', async () => {
    const proxy = await startWeb((_request, response) => response.writeHead(407).end())
    const session = openSession({ url: 'http://127.0.0.1:9', apiKey: 'k', proxy: proxy.url })
    stops.push(() => session.close(), proxy.stop)
    const failure = await session.send({ method: 'POST', path: '/x' }, signal).catch(asForagerError)
    expect(failure).toMatchObject({ kind: 'unauthorised', details: { sent: false, status: 407 } })
    expect(classifyFailure(failure as ForagerError)).toEqual({ outcome: 'connection' })
  })

  it('with an address that is none is refused before anything is sent', () => {
    for (const proxy of ['socks5://127.0.0.1:1080', 'nonsense', 'ana:pw@127.0.0.1:1080']) {
      expect(() => openSession({ url: 'https://hive.invalid', apiKey: 'k', proxy })).toThrow(/proxy address/)
    }
  })
})
