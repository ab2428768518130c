import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isAway } from '../domain/carried.ts'

/**
 * What was exported may be sent from elsewhere: nothing happens to it here by the way. `asked` are those the analyst named, where others
 * come along.
 * @throws ForagerError `rejected` when one of them was, and was not resumed
 */
export function mustBeHere(operations: readonly Operation[], asked?: readonly string[]): void {
  const away = operations.find(isAway)
  if (away === undefined) return
  const file = away.carried?.file ?? 'a file'
  const isBefore = asked?.includes(away.id) === false
  const words = isBefore
    ? `Something that has to go before it was exported to ${file}.`
    : `This was exported to ${file}.`
  throw new ForagerError('rejected', words, {
    did: 'Nothing was changed or sent here.',
    next: 'Resume it first if it is to be sent from here after all.',
  })
}
