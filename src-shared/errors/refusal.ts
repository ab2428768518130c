import type { ErrorData } from './error-data.ts'
import type { ForagerError } from './forager-error.ts'

type Detailed = { details?: ErrorData['details'] }

/** The status the server, or somebody in between, answered with; 0 without an answer. */
export function statusOf({ details }: Detailed): number {
  const status = details?.['status']
  return typeof status === 'number' ? status : 0
}

/** The status with which a proxy asks for a name and password; no server does. */
export const proxyAsksStatus = 407

/** A proxy on the way let nobody through as this user: the server never heard of it. */
export const isOfProxy = (error: Detailed | undefined): boolean =>
  error !== undefined && statusOf(error) === proxyAsksStatus

/** Somebody in between, such as a network's login page. */
export function isRedirect(error: ForagerError): boolean {
  const status = statusOf(error)
  return status >= 300 && status < 400
}

/** The server's own no, and nothing of what was asked took hold. Given to several decisions at once, it may be about one of them. */
export const isRefusal = (error: ForagerError): boolean =>
  saysNo.has(error.kind) && !(error.kind === 'rejected' && isRedirect(error))

const saysNo: ReadonlySet<string> = new Set(['rejected', 'conflict', 'not-found', 'forbidden'])
