import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startLoopbackServer } from '../../../build/browser-runtime/server/loopback-server.ts'
import type { LoopbackServer } from '../../../build/browser-runtime/server/loopback-server.ts'
import { createSockets } from '../../../build/browser-runtime/server/sockets.ts'
import type { Sockets } from '../../../build/browser-runtime/server/sockets.ts'

let server: LoopbackServer
let sockets: Sockets
let address: URL

beforeEach(async () => {
  sockets = createSockets({ invoke: async () => 'answer', release: () => undefined })
  server = await startLoopbackServer(0, {
    electron: { fetch: async () => new Response('page'), page: () => undefined },
    sockets,
    uploads: () => {
      throw new Error('nothing is uploaded here')
    },
    bridge: () => '',
  })
  address = new URL(server.address)
})
afterEach(() => {
  sockets.close()
  server.close()
})

/** A bare request: fetch would not let a test name its Host. */
function ask(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; cookie: string | undefined }>((done, fail) => {
    const options = {
      host: '127.0.0.1',
      port: address.port,
      path,
      headers: { host: address.host, ...headers },
    }
    const asked = request(options, (response) => {
      response.resume()
      done({ status: response.statusCode ?? 0, cookie: response.headers['set-cookie']?.[0] })
    })
    asked.once('error', fail)
    asked.end()
  })
}

const withToken = () => `/?token=${address.searchParams.get('token')}`
const enter = async () => ({ cookie: ((await ask(withToken())).cookie ?? '').split(';')[0] ?? '' })

function upgrade(headers: Record<string, string>): Promise<'open' | 'refused'> {
  const socket = new WebSocket(`ws://${address.host}/__runtime/socket`, { headers })
  return new Promise((done) => {
    socket.once('open', () => {
      socket.terminate()
      done('open')
    })
    socket.once('error', () => done('refused'))
  })
}

describe('the gate', () => {
  it('lets one visitor in with the token, who stays in by a cookie no script and no other site can use', async () => {
    const first = await ask(withToken())
    expect(first.status).toBe(303)
    expect(first.cookie).toMatch(/^forager-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    const cookie = first.cookie?.split(';')[0] ?? ''
    expect((await ask('/index.html', { cookie })).status).toBe(200)
    expect((await ask('/index.html', { cookie: `other=1; ${cookie}` })).status).toBe(200)
  })

  it('refuses the token the second time, to anyone', async () => {
    await ask(withToken())
    expect((await ask(withToken())).status).toBe(403)
  })

  it.each(['/', '/index.html', '/?token=', '/?token=wrong', '/__runtime/bridge.js', '/favicon.ico'])(
    'refuses %s without cookie or token',
    async (path) => expect((await ask(path)).status).toBe(403),
  )

  it.each([
    ['another host name', { host: 'forager.example.org' }],
    ['localhost by name', { host: 'localhost' }],
    ['another site’s page', { origin: 'https://example.org' }],
    ['a page without an origin', { origin: 'null' }],
    ['another site’s fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s although it has the cookie', async (_who, headers) => {
    const cookie = await enter()
    expect((await ask('/index.html', { ...cookie, ...headers })).status).toBe(403)
  })

  it('does not spend the token on a visitor it refuses', async () => {
    expect((await ask(withToken(), { host: 'forager.example.org' })).status).toBe(403)
    expect((await ask(withToken())).status).toBe(303)
  })

  it('goes on by itself after a visit that another page began: a strict cookie would not travel', async () => {
    const answer = await fetch(address, { headers: { 'sec-fetch-site': 'cross-site' }, redirect: 'manual' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toContain('HttpOnly')
    expect(await answer.text()).toContain('url=/index.html')
  })

  it('opens the socket for its own page alone', async () => {
    const cookie = await enter()
    const origin = address.origin
    expect(await upgrade({ ...cookie, origin })).toBe('open')
    expect(await upgrade({ origin })).toBe('refused')
    expect(await upgrade(cookie)).toBe('refused')
    expect(await upgrade({ ...cookie, origin: 'https://example.org' })).toBe('refused')
  })

  it('listens on loopback only', () => {
    expect(address.hostname).toBe('127.0.0.1')
  })
})
