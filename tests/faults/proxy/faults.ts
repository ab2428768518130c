import type { ServerResponse } from 'node:http'
import { giveBack } from './exchange.ts'
import type { Exchange } from './exchange.ts'

/**
 * What a fault must come to once it is lifted. `heals`: sent by itself, without a click. `refused`: the server said no, so the
 * decision stands before the analyst with one of these kinds of error; another try then sends it.
 */
export type Leads = { to: 'heals' } | { to: 'refused'; kinds: readonly string[] }

export type Fault = {
  name: string
  leads: Leads
  /** Treats the request it strikes. Absent: nobody listens from that moment on, or somebody else does. */
  strike?: (exchange: Exchange) => unknown
  /** Whoever listens shows a certificate that nobody trusts. */
  impostor?: boolean
  /** The proxy itself delivers the request twice. */
  doubles?: boolean
}

const heals: Leads = { to: 'heals' }
const refused = (...kinds: string[]): Leads => ({ to: 'refused', kinds })

const drop = (response: ServerResponse): void => void response.socket?.resetAndDestroy()

const page = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`

const dayMs = 86_400_000

/** A proxy speaks for itself, by a clock of its own that is a day ahead. */
function say(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  const date = new Date(Date.now() + dayMs).toUTCString()
  response.writeHead(status, { 'content-type': 'text/html', date, ...headers })
  response.end(page(`${status} of a proxy`))
}

/** Answers a status; `after`: the server has done it all the same. */
const status = (code: number, { after = false, headers = {}, leads = heals }: StatusOptions = {}): Fault => ({
  name: `${code} ${after ? 'after commit' : Object.keys(headers).join(' ') || 'before commit'}`,
  leads,
  strike: async ({ response, forward }) => {
    if (after) await forward()
    say(response, code, headers)
  },
})
type StatusOptions = { after?: boolean; headers?: Record<string, string>; leads?: Leads }

/** The first half of the answer, its length stated as that of the whole or of the half. */
const cut = (name: string, stated: 'whole' | 'half'): Fault => ({
  name,
  leads: heals,
  strike: async ({ response, forward }) => {
    const { status: code, body } = await forward()
    const half = body.subarray(0, body.length >> 1)
    const length = stated === 'whole' ? body.length : half.length
    response.writeHead(code, { 'content-type': 'application/json', 'content-length': String(length) })
    if (stated === 'half') response.end(half)
    else response.write(half, () => drop(response))
  },
})

const tickMs = 8

/** Goes on until `next` has nothing more or the other side has gone. */
function drip(response: ServerResponse, next: () => string | Buffer | undefined): void {
  const timer = setInterval(() => {
    const piece = response.socket === null || response.socket.destroyed ? undefined : next()
    if (piece !== undefined) return void response.socket?.write(piece)
    clearInterval(timer)
    response.socket?.end()
  }, tickMs)
}

const dripping: Fault[] = [
  {
    name: 'slow drip',
    leads: heals,
    strike: async ({ response, forward }) => {
      const { status: code, body } = await forward()
      const head = `HTTP/1.1 ${code} OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
      response.socket?.write(head)
      const size = Math.max(1, Math.ceil(body.length / 10))
      let at = 0
      drip(response, () => (at < body.length ? body.subarray(at, (at += size)) : undefined))
    },
  },
  {
    name: 'endless drip of a body',
    leads: heals,
    strike: async ({ response, forward }) => {
      const { status: code } = await forward()
      response.socket?.write(`HTTP/1.1 ${code} OK\r\ncontent-type: application/json\r\n\r\n`)
      drip(response, () => ' ')
    },
  },
  {
    name: 'endless drip of headers',
    leads: heals,
    strike: async ({ response, forward }) => {
      await forward()
      response.socket?.write('HTTP/1.1 200 OK\r\nx-long: ')
      drip(response, () => 'a')
    },
  },
]

const twice = (answer: 'first' | 'second'): Fault => ({
  name: `delivered twice, the ${answer} answer given`,
  leads: heals,
  doubles: true,
  strike: async ({ response, forward }) => {
    const first = await forward()
    const second = await forward()
    giveBack(response, answer === 'first' ? first : second)
  },
})

const broken: Fault[] = [
  { name: 'connection refused', leads: heals },
  { name: 'reset before headers', leads: heals, strike: ({ response }) => drop(response) },
  {
    name: 'reply lost after commit',
    leads: heals,
    strike: async ({ response, forward }) => {
      await forward()
      drop(response)
    },
  },
  {
    name: 'closed without a word after commit',
    leads: heals,
    strike: async ({ response, forward }) => {
      await forward()
      response.socket?.end()
    },
  },
  { name: 'half-open, nothing done', leads: heals, strike: () => undefined },
  { name: 'half-open after commit', leads: heals, strike: ({ forward }) => forward() },
  cut('truncated', 'whole'),
  cut('truncated, stated as whole', 'half'),
]

const misled: Fault[] = [
  { name: '200 with a login page', leads: heals, strike: ({ response }) => say(response, 200) },
  {
    name: 'redirect to another host',
    leads: heals,
    strike: ({ response }) => say(response, 302, { location: 'https://login.example/' }),
  },
]

/** For a proxy that has certificates. */
export const impostor: Fault = { name: 'a certificate nobody trusts', leads: heals, impostor: true }

/** Everything that can go wrong between a client and its server, one request at a time. */
export const faults: readonly Fault[] = [
  ...broken,
  ...[500, 502, 503, 504].flatMap((code) => [status(code), status(code, { after: true })]),
  status(429),
  status(429, { headers: { 'retry-after': '7' } }),
  status(401),
  status(403, { leads: refused('forbidden') }),
  status(404, { leads: refused('not-found') }),
  status(409, { leads: refused('conflict') }),
  status(413, { leads: refused('rejected') }),
  ...misled,
  ...dripping,
  twice('first'),
  twice('second'),
]
