import type { OperationView } from '#shared/model/operation-view.ts'
import { needsAnalyst } from '../../ui/format/operation-words.ts'
import { choicesKey } from './conflict-choices.ts'
import { planLines } from './plan-tree.ts'
import type { PlanLine } from './plan-tree.ts'

/** A line in its place. `left`: where it went meanwhile; its place is kept empty. */
export type PlacedLine = PlanLine & { left?: string }
/** What needs the analyst, and what waits in the order of sending. */
export type Arrangement = { forYou: readonly PlacedLine[]; plan: readonly PlacedLine[] }

export const nothing: Arrangement = { forYou: [], plan: [] }

export function arranged(operations: readonly OperationView[]): Arrangement {
  const waiting = operations.filter((one) => one.state !== 'sent' && !needsAnalyst(one))
  const forYou = operations.filter(needsAnalyst).map((operation) => ({ operation, depth: 0 }))
  return { forYou, plan: planLines(waiting) }
}

/**
 * The same news while somebody aims at a line: none changes its place or its height. What went leaves its place empty, what
 * changed its height is shown as it was, and what is new stands below all others or is not shown yet.
 */
export function stillArranged(before: Arrangement, now: Arrangement): Arrangement {
  const places = new Set(before.plan.map(({ operation }) => operation.id))
  const added = now.plan.filter(({ operation }) => !places.has(operation.id))
  return {
    forYou: inPlace(before.forYou, now.forYou, { other: now.plan, there: 'waits to be sent' }),
    plan: [...inPlace(before.plan, now.plan, { other: now.forYou, there: 'needs you' }), ...added],
  }
}

type Elsewhere = { other: readonly PlanLine[]; there: string }

function inPlace(before: readonly PlacedLine[], now: readonly PlanLine[], { other, there }: Elsewhere) {
  const here = new Map(now.map(({ operation }) => [operation.id, operation]))
  const moved = new Set(other.map(({ operation }) => operation.id))
  return before.map(({ operation, depth }): PlacedLine => {
    const fresh = here.get(operation.id)
    if (fresh !== undefined)
      return { operation: shapeOf(fresh) === shapeOf(operation) ? fresh : operation, depth }
    return { operation, depth, left: moved.has(operation.id) ? there : 'no longer waits' }
  })
}

/** What stands beneath its words, and makes it higher or lower. */
const shapeOf = (operation: OperationView): string =>
  JSON.stringify([operation.gone, operation.lastError, operation.conflicts && choicesKey(operation)])
