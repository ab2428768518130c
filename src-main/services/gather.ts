import type { Operation } from '#shared/model/operation.ts'
import type { DecisionContext } from './context.ts'

/**
 * To decide several things, all or none: each decision made in `deciding` sees those before it, and none is queued. `gathered` are the
 * decisions so far, to be queued at once.
 */
export function gather(context: DecisionContext): {
  deciding: DecisionContext
  gathered: readonly Operation[]
} {
  const { book } = context
  const gathered: Operation[] = []
  const deciding: DecisionContext = {
    ...context,
    book: {
      all: () => [...book.all(), ...gathered],
      ours: () => ({
        about: (id) => [...book.ours().about(id), ...gathered.filter(({ alertId }) => alertId === id)],
      }),
      resolveId: (id) => book.resolveId(id),
      resolved: (operation) => book.resolved(operation),
      append: (operations) => Promise.resolve(void gathered.push(...operations)),
    },
    queued: () => undefined,
  }
  return { deciding, gathered }
}
