import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isAway } from '../domain/carried.ts'

/**
 * What was exported may be sent from elsewhere: nothing happens to it here by the way.
 * @throws ForagerError `rejected` when one of them was, and was not resumed
 */
export function mustBeHere(operations: readonly Operation[]): void {
  const away = operations.find(isAway)
  if (away === undefined) return
  throw new ForagerError('rejected', `This was exported to ${away.carried?.file ?? 'a file'}.`, {
    did: 'Nothing was changed or sent here.',
    next: 'Resume it first if it is to be sent from here after all.',
  })
}
