import type { ErrorExtras } from '#shared/errors/forager-error.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { proxyAsksStatus } from '#shared/errors/refusal.ts'
import { proxyAsks } from './proxy-asks.ts'
import { retryAfterMs } from './retry-after.ts'

/** An answer that is not a success, reduced to what decides and what is worth showing. */
export type Refusal = {
  status: number
  host: string
  /** The `type` of TheHive's error body; absent when the body is not TheHive's. */
  serverType?: string | undefined
  serverMessage?: string | undefined
  retryAfter?: string | undefined
  location?: string | undefined
}

/** Error types of servers that mean "there is such a thing already". */
export const alreadyThereTypes: ReadonlySet<string> = new Set(['CreateError', 'ConflictError'])

/** Classifies by status and by the body's `type`, never by its text, which is only kept for display. */
export function statusError(refusal: Refusal, now: number): ForagerError {
  const wait = retryAfterMs(refusal.retryAfter, now)
  const { kind, message, next, mayHaveHappened } = classify(refusal)
  const extras: ErrorExtras = {
    ...(next !== undefined && { next }),
    details: {
      status: refusal.status,
      ...(refusal.serverType !== undefined && { serverType: refusal.serverType }),
      ...(refusal.serverMessage !== undefined && { serverMessage: refusal.serverMessage }),
      ...(wait !== undefined && { retryAfterMs: wait }),
      ...(mayHaveHappened === true && { sent: true }),
    },
  }
  return new ForagerError(kind, message, extras)
}

type Verdict = { kind: ErrorKind; message: string; next?: string; mayHaveHappened?: boolean }

function classify(refusal: Refusal): Verdict {
  const { status, host } = refusal
  const said = refusal.serverMessage === undefined ? '' : ` It said: ${refusal.serverMessage}`
  if (status >= 500) {
    const message = `${host} failed while answering (status ${status}).${said}`
    return { kind: 'server-error', message, mayHaveHappened: true }
  }
  if (status >= 400) return clientVerdict(refusal, said)
  if (status >= 300) return redirected(refusal)
  if (status === 207) {
    const next = 'Look at what is there now, then try again: only what is missing is done.'
    return { kind: 'rejected', message: `${host} did not do all of this.${said}`, next }
  }
  return {
    kind: 'unexpected-shape',
    message: `${host} answered with status ${status}.`,
    mayHaveHappened: true,
  }
}

function clientVerdict({ status, host, serverType }: Refusal, said: string): Verdict {
  if (status === 402) {
    const next = 'Ask the administrator for an API key that needs no second factor.'
    return { kind: 'unauthorised', message: `${host} asks for a second factor.${said}`, next }
  }
  if (status === 413) {
    const next = 'Send less at once, or ask the administrator to raise the limit of the server or its proxy.'
    return { kind: 'rejected', message: `${host} does not take requests of this size.${said}`, next }
  }
  if (status === 401) {
    const next = 'Check that the key is complete, still valid and belongs to this server.'
    return { kind: 'unauthorised', message: `${host} does not accept the API key.${said}`, next }
  }
  if (status === 403) return { kind: 'forbidden', message: `${host} does not allow this.${said}` }
  if (status === 404) return { kind: 'not-found', message: `${host} has no such thing.${said}` }
  if (status === proxyAsksStatus) return proxyAsks
  if (status === 429) return { kind: 'rate-limited', message: `${host} asks for a pause.` }
  if (status === 408) {
    return { kind: 'timeout', message: `${host} gave up waiting for the request.`, mayHaveHappened: true }
  }
  if (status === 409 || alreadyThereTypes.has(serverType ?? '')) {
    return { kind: 'conflict', message: `${host} already has this.${said}` }
  }
  return { kind: 'rejected', message: `${host} refused the request (status ${status}).${said}` }
}

function redirected({ host, location }: Refusal): Verdict {
  const target = location !== undefined && URL.canParse(location) ? new URL(location).origin : undefined
  const message = `${host} sends requests elsewhere${target === undefined ? '' : `, to ${target}`}.`
  const next =
    target === undefined
      ? 'A proxy or a login page may be in the way: use the address that reaches TheHive directly.'
      : `Use ${target} as the address, if that is your TheHive.`
  return { kind: 'rejected', message, next }
}
