import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { proxyAsksStatus } from '#shared/errors/refusal.ts'
import { proxyAsks } from './proxy-asks.ts'
import { tlsExplanation } from './tls-explanations.ts'

/** What is known about a request that brought no usable answer. */
export type Attempt = {
  /** Host and port, for the message. */
  host: string
  /** True from the moment the first byte may have left: only then can the server have acted. */
  started: boolean
  /** How the request's own signal ended it, if it did. */
  aborted: 'cancel' | 'deadline' | undefined
}

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'is not known to the name servers',
  EAI_AGAIN: 'could not be looked up: the name servers do not answer',
  EHOSTUNREACH: 'cannot be reached from this network',
  EHOSTDOWN: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached: there is no network',
  ENETDOWN: 'cannot be reached: there is no network',
  EADDRNOTAVAIL: 'cannot be reached: there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer the connection in time',
  UND_ERR_PRX_CONN: 'cannot be reached through the proxy',
  UND_ERR_PRX_TLS: 'cannot be reached through the proxy',
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/**
 * One failed exchange as a typed error, by code alone but for what a proxy said. `details.sent` is false when the request certainly did not leave;
 * true means its fate is unknown and must be checked before anything is repeated.
 */
export function transportError(thrown: unknown, attempt: Attempt): ForagerError {
  if (thrown instanceof ForagerError) return thrown
  const code = codeOf(thrown)
  const { host, started } = attempt
  const make: Make = (kind, message, { status, ...extras } = {}) => {
    const details = status === undefined ? { sent: started, code } : { sent: false, code, status }
    return new ForagerError(kind, message, { ...extras, details, cause: thrown })
  }

  if (attempt.aborted === 'deadline') return make('timeout', `${host} took longer than it was given.`)
  if (attempt.aborted === 'cancel') return make('cancelled', `The request to ${host} was cancelled.`)
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') return resized(thrown, code)
  const did = started ? {} : { did: 'Nothing was sent.' }
  const tls = tlsExplanation(code)
  if (tls !== undefined) return make('tls', `${host} ${tls.message}`, { ...did, next: tls.next })
  const refusal = proxyRefusal(thrown)
  if (refusal !== undefined) return throughProxy(refusal, host, make)
  if (!started) return notSent(code, host, make)
  if (isNotHttp(thrown) || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return make('unexpected-shape', `${host} answered with something that is not HTTP.`)
  }
  if (code.startsWith('Z_'))
    return make('unexpected-shape', `${host} sent an answer that cannot be unpacked.`)
  if (timeouts.has(code)) return make('timeout', `${host} took the request but did not answer in time.`)
  return make('timeout', `The connection to ${host} broke before the answer was complete.`)
}

/** undici's parser error often carries no code; its class name is all there is. */
function isNotHttp(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'HTTPParserError' || codeOf(thrown).startsWith('HPE_'))
}

/** The announced length was never reached or overrun: the server cannot have seen a whole request. */
function resized(cause: unknown, code: string): ForagerError {
  return new ForagerError('unreadable-file', 'The file is not as long as it was when it was taken in.', {
    did: 'The upload was broken off; the server has no part of it.',
    details: { sent: false, code },
    cause,
  })
}

/** An answer that comes in drops, each in time, and never ends: what it was meant to say is unknown. */
export const tooSlow = (host: string): ForagerError =>
  new ForagerError('timeout', `${host} did not finish its answer in time.`, { details: { sent: true } })

/** `status`: with which a proxy refused. */
type Extras = { did?: string; next?: string; status?: number }
type Make = (kind: ErrorKind, message: string, extras?: Extras) => ForagerError

function notSent(code: string, host: string, make: Make): ForagerError {
  const did = 'Nothing was sent.'
  if (code.startsWith('UND_ERR_INVALID_ARG')) {
    return make('rejected', 'The request could not be written as it is.', { did })
  }
  const reason = unreachable[code] ?? 'cannot be reached'
  return make('offline', `${host} ${reason}.`, { did, next: 'Check the address and the network.' })
}

/** How undici tells, in words only, the status with which a proxy refused the tunnel to the server, or to pass a request on without one. */
const proxySaid = /^Proxy (?:response|Authentication Required) \((\d{3})\)/

/** That status: the server heard nothing. */
function proxyRefusal(thrown: unknown, depth = 0): number | undefined {
  if (!(thrown instanceof Error) || depth > 4) return undefined
  const [, status] = proxySaid.exec(thrown.message) ?? []
  return status === undefined ? proxyRefusal(thrown.cause, depth + 1) : Number(status)
}

function throughProxy(status: number, host: string, make: Make): ForagerError {
  const did = 'Nothing was sent.'
  if (status === proxyAsksStatus) {
    const { kind, message, next } = proxyAsks
    return make(kind, message, { did, next, status })
  }
  const next = 'Ask whoever runs the proxy whether it lets you reach this server.'
  return make('offline', `The proxy does not connect to ${host} (status ${status}).`, { did, next, status })
}

/** The first code along the causes, or of the first of several joined attempts; empty when there is none. */
export function codeOf(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error) || depth > 4) return ''
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  if (code !== '') return code
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0], depth + 1)
  return codeOf(thrown.cause, depth + 1)
}
