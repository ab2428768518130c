import type { Decided } from '#shared/contract/alert-calls.ts'
import type { Operation } from '#shared/model/operation.ts'
import { childIdOf, childIdsAddedBy } from '../domain/target.ts'
import { dependentsOf } from '../domain/waits-for.ts'
import type { ServiceContext } from './context.ts'
import { undoable } from './outbox.ts'

/**
 * Deletes what hangs on an alert. Of what still waits to be added the server never hears: it is taken out of the decision that adds it,
 * with what was decided about it. The others are deleted by decisions of their own, which `queue` makes and which are counted.
 */
export async function deleteChildren(
  childIds: readonly string[],
  queue: (others: string[]) => Promise<Decided>,
  context: ServiceContext,
): Promise<Decided> {
  const asked = new Set(childIds.map((id) => context.book.resolveId(id)))
  const taken = await takenOut(asked, context)
  const others = [...asked].filter((id) => !taken.has(id))
  return others.length > 0 ? queue(others) : { groupId: context.newId(), count: 0 }
}

/** Which of these could be taken out of what adds them, as all of it can still be undone. Durable when it returns. */
async function takenOut(asked: ReadonlySet<string>, { book }: ServiceContext): Promise<Set<string>> {
  const taken = new Set<string>()
  const folds: Promise<void>[] = []
  for (const add of book.all()) {
    const ids = new Set(childIdsAddedBy(add).filter((id) => asked.has(id)))
    // What a new alert brings along cannot be anybody else's.
    if (ids.size === 0 || add.kind === 'alert.create') continue
    const rest = without(add, ids)
    const built = dependentsOf([add.id], book.all())
    const falling = rest === undefined ? built : built.filter((one) => ids.has(childIdOf(one) ?? ''))
    if (![add, ...falling].every(undoable)) continue
    folds.push(book.remove(rest === undefined ? [add, ...falling] : falling))
    if (rest !== undefined) {
      book.save(rest)
      folds.push(book.refold(rest.alertId))
    }
    for (const id of ids) taken.add(id)
  }
  await Promise.all(folds)
  return taken
}

/** What it still adds; undefined where that is nothing. */
function without(add: Operation, ids: ReadonlySet<string>): Operation | undefined {
  if (add.kind !== 'observable.add-values') return undefined
  const values = add.payload.values.filter(({ localId }) => !ids.has(localId))
  return values.length === 0 ? undefined : { ...add, payload: { ...add.payload, values } }
}
