import { ForagerError } from '#shared/errors/forager-error.ts'

/**
 * What can happen to one request. `503-wait` and `429` name a time. `-after`: the server had done it; `-before`: it had not;
 * `-half`: of several things asked for at once it had done the first; `-late`: it does it after Forager gave up, 88 s after it left at
 * the latest. Forager cannot know which, but for `refused` and the answers 401, 403 and 429.
 */
export const faultClasses = [
  'refused',
  'reset-before',
  'reset-after',
  'reset-late',
  'reset-half',
  'timeout-before',
  'timeout-after',
  'timeout-late',
  '500-before',
  '500-after',
  '500-half',
  '502-before',
  '502-after',
  '503-before',
  '503-after',
  '503-wait',
  '504-before',
  '504-after',
  '504-late',
  'truncated',
  'login-page',
  'twice',
  '401',
  '403',
  '429',
  '429-plain',
] as const
export type FaultClass = (typeof faultClasses)[number]

/** Whether the request reached the server's hand before it went wrong. */
export const isCommitted = (fault: FaultClass | undefined): boolean =>
  fault === undefined ||
  fault === 'twice' ||
  fault === 'truncated' ||
  fault.endsWith('-after') ||
  isHalf(fault)

export const isHalf = (fault: FaultClass | undefined): boolean => fault?.endsWith('-half') === true

export const isLate = (fault: FaultClass | undefined): boolean => fault?.endsWith('-late') === true

/** How long until Forager hears of it, beyond the way there and back, ms. */
export const delayOf = (fault: FaultClass | undefined): number => (fault?.startsWith('timeout') ? 30_000 : 0)

/** As the transport and the adapters tell it; undefined when the answer arrives as it is. */
export function errorOf(fault: FaultClass | undefined, waitMs: number): ForagerError | undefined {
  switch (fault) {
    case undefined:
    case 'twice':
      return undefined
    case 'refused':
      return new ForagerError('offline', 'refused the connection', { details: { sent: false } })
    case 'reset-before':
    case 'reset-after':
    case 'reset-late':
    case 'reset-half':
    case 'timeout-before':
    case 'timeout-after':
    case 'timeout-late':
      return new ForagerError('timeout', 'no complete answer came', { details: { sent: true } })
    case 'truncated':
      return new ForagerError('unexpected-shape', 'the answer broke off', { details: { sent: true } })
    case 'login-page':
      return new ForagerError('unexpected-shape', 'a page of HTML came', { details: { status: 200 } })
    case '401':
      return new ForagerError('unauthorised', 'the key is not accepted', { details: { status: 401 } })
    case '403':
      return new ForagerError('forbidden', 'not allowed', { details: { status: 403 } })
    case '429':
      return new ForagerError('rate-limited', 'a pause is asked for', { details: { retryAfterMs: waitMs } })
    case '503-wait': {
      const details = { status: 503, sent: true, retryAfterMs: waitMs }
      return new ForagerError('server-error', fault, { details })
    }
    case '429-plain':
      return new ForagerError('rate-limited', 'a pause is asked for', { details: { status: 429 } })
    default:
      return new ForagerError('server-error', fault, {
        details: { status: Number(fault.slice(0, 3)), sent: true },
      })
  }
}
