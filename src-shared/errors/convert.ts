import type { ErrorData } from './error-data.ts'
import { ForagerError } from './forager-error.ts'

/** Turns anything thrown into data. What Forager did not foresee is a `bug` and says so; its text is kept. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof ForagerError) {
    const { kind, message, did, next, details } = thrown
    return {
      kind,
      message,
      ...(did !== undefined && { did }),
      ...(next !== undefined && { next }),
      ...(details !== undefined && { details }),
    }
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { kind: 'bug', message: `Something went wrong inside Forager: ${message}` }
}

/** Rebuilds the typed error on the far side of a boundary. */
export function fromErrorData(data: ErrorData): ForagerError {
  const { kind, message, did, next, details } = data
  return new ForagerError(kind, message, {
    ...(did !== undefined && { did }),
    ...(next !== undefined && { next }),
    ...(details !== undefined && { details }),
  })
}

/** Whatever was thrown, as the typed error: unforeseen things become `bug`. */
export function asForagerError(thrown: unknown): ForagerError {
  return thrown instanceof ForagerError ? thrown : fromErrorData(toErrorData(thrown))
}
