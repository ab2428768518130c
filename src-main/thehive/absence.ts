import { ForagerError } from '#shared/errors/forager-error.ts'

/**
 * Undefined when TheHive itself says the thing is not there. A 404 without TheHive's own error body comes from something in
 * between and says nothing about the thing, so it stays an error.
 */
export async function orAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (thrown) {
    const saidByTheHive =
      thrown instanceof ForagerError &&
      thrown.kind === 'not-found' &&
      thrown.details?.['serverType'] !== undefined
    if (saidByTheHive) return undefined
    throw thrown
  }
}
