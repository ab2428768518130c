import { ForagerError } from '#shared/errors/forager-error.ts'

/** What a TheHive says of a path it does not know (api.md §6.3), as against `NotFoundError` for a thing. */
const unknownPath = 'NotFound'

/**
 * Undefined when TheHive itself says the thing is not there. A 404 without TheHive's own error body comes from something in
 * between, and one for an unknown path says nothing about the thing: both stay errors.
 */
export async function orAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (thrown) {
    if (isSaidToBeAbsent(thrown)) return undefined
    throw thrown
  }
}

/** Whether TheHive itself said that the thing is not there. */
export function isSaidToBeAbsent(thrown: unknown): thrown is ForagerError {
  if (!(thrown instanceof ForagerError) || thrown.kind !== 'not-found') return false
  const type = thrown.details?.['serverType']
  return type !== undefined && type !== unknownPath
}
