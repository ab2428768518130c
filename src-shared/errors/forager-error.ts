import type { ErrorData } from './error-data.ts'
import type { ErrorKind } from './error-kinds.ts'

/** Everything beyond kind and message that a {@link ForagerError} may carry. */
export type ErrorExtras = Omit<ErrorData, 'kind' | 'message'> & { cause?: unknown }

/** The one error class thrown inside a process; its data form crosses IPC. */
export class ForagerError extends Error {
  readonly kind: ErrorKind
  readonly did: string | undefined
  readonly next: string | undefined
  readonly details: ErrorData['details']

  constructor(kind: ErrorKind, message: string, extras: ErrorExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause })
    this.name = 'ForagerError'
    this.kind = kind
    this.did = extras.did
    this.next = extras.next
    this.details = extras.details
  }
}
