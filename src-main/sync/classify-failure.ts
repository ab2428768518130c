import type { ForagerError } from '#shared/errors/forager-error.ts'
import { isRedirect, statusOf } from '#shared/errors/refusal.ts'
import { plainPauseMs } from './reconnect.ts'

/**
 * What a failed attempt means for its operation, by kind and by whether a byte may have left, never by message text.
 * retry: it certainly did not happen · unknown: it may have happened, so ask first · connection: nobody can send now ·
 * refused: the server answered no.
 */
export type Failure =
  | { outcome: 'retry' }
  | { outcome: 'unknown' }
  | { outcome: 'connection' }
  | { outcome: 'wait'; ms: number }
  | { outcome: 'refused' }
  | { outcome: 'stopped' }

/** The one place that maps an error to an action. `details.sent` is set by the transport. */
export function classifyFailure(error: ForagerError): Failure {
  switch (error.kind) {
    case 'offline':
    case 'tls':
      return error.details?.sent === true ? { outcome: 'unknown' } : { outcome: 'connection' }
    case 'timeout':
    case 'server-error':
    case 'unexpected-shape':
      return error.details?.sent === false ? { outcome: 'retry' } : { outcome: 'unknown' }
    case 'unauthorised':
      return { outcome: 'connection' }
    case 'rate-limited': {
      const ms = error.details?.retryAfterMs
      return { outcome: 'wait', ms: typeof ms === 'number' ? ms : plainPauseMs }
    }
    case 'cancelled':
      return error.details?.sent === false ? { outcome: 'connection' } : { outcome: 'stopped' }
    case 'rejected':
      // A redirect is somebody in between, such as a network's login page: it says nothing about the decision.
      return isRedirect(error) ? { outcome: 'unknown' } : { outcome: 'refused' }
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'unreadable-file':
    case 'disk-full':
    case 'corrupt':
    case 'locked':
    case 'newer-file':
    case 'no-keychain':
    case 'bug':
      return { outcome: 'refused' }
  }
}

/** A gateway that did not hear from the server in time, or lost it: the server may be at it still. */
const unheard: ReadonlySet<number> = new Set([0, 502, 504])
const unanswered: ReadonlySet<string> = new Set(['offline', 'tls', 'timeout', 'cancelled'])

/** Somebody who knows answered, if only to say that it failed. */
export function isAnswered(error: ForagerError): boolean {
  if (unanswered.has(error.kind)) return false
  const isVague = error.kind === 'server-error' || error.kind === 'unexpected-shape'
  return !isVague || !unheard.has(statusOf(error))
}
