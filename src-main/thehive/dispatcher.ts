import { Agent, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Connection } from './port.ts'
import { basicCredentials, splitProxy } from './proxy-address.ts'
import { trustedRoots } from './trust.ts'

/** All in ms. `body` is the longest silence inside an answer; `answer` is how long a whole one may take that is held in memory. */
export type Timeouts = { connect: number; headers: number; body: number; answer: number }

export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 60_000,
  // The largest page over a line of one megabit a second.
  answer: 600_000,
}

/** Idle connections are dropped before usual proxies (60 s and more) drop them under a request. */
const keepAliveMs = 20_000
/** Enough for the parallel reads at connect; a single analyst must not crowd a shared server. */
const connections = 6

/** Connections to one server, direct or through a proxy, trusting a private authority beside the built-in ones. */
export function createDispatcher(
  connection: Pick<Connection, 'ca' | 'proxy'>,
  timeouts: Timeouts,
): Dispatcher {
  const ca = trustedRoots(connection.ca)
  const tls = { timeout: timeouts.connect, ...(ca !== undefined && { ca }) }
  const common = {
    connections,
    pipelining: 1,
    allowH2: false,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
  }
  const { address, login } = splitProxy(connection.proxy ?? '')
  if (address === '') return new Agent({ ...common, connect: tls })
  // The login goes beside the address: what undici says about the address may be shown.
  const token = login === undefined ? {} : { token: `Basic ${basicCredentials(login)}` }
  const uri = proxyUrl(address)
  return new ProxyAgent({ ...common, ...token, uri, requestTls: tls, proxyTls: tls, connect: tls })
}

function proxyUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href
  throw new ForagerError('rejected', 'The proxy address is not usable.', {
    next: 'Give it like this: http://proxy.example.org:3128',
    details: { sent: false },
  })
}
