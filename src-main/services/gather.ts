import type { Operation } from '#shared/model/operation.ts'
import { PendingIndex } from '../domain/pending-index.ts'
import type { DecisionContext } from './context.ts'

/**
 * To decide several things, all or none: each decision made in `deciding` sees those before it, and none is queued. `gathered` are the
 * decisions so far, to be queued at once.
 */
export function gather(context: DecisionContext): {
  deciding: DecisionContext
  gathered: () => readonly Operation[]
} {
  const { book } = context
  const resolveId = (id: string): string => book.resolveId(id)
  const gathered = new PendingIndex([], resolveId)
  const deciding: DecisionContext = {
    ...context,
    book: {
      all: () => [...book.all(), ...gathered.all()],
      ours: () => ({ about: (id) => [...book.ours().about(id), ...gathered.about(id)] }),
      resolveId,
      resolved: (operation) => book.resolved(operation),
      append: (operations) => {
        for (const operation of operations) gathered.put(operation)
        return Promise.resolve()
      },
    },
    queued: () => undefined,
  }
  return { deciding, gathered: () => gathered.all() }
}
