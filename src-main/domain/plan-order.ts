import type { Operation } from '#shared/model/operation.ts'
import { needsAttention } from './next-operation.ts'
import { caseIdOf, promisedCaseId } from './target.ts'
import type { ResolveId } from './target.ts'

type Plan = { pending: readonly Operation[]; resolveId: ResolveId }
export type Direction = 'up' | 'down'

/** The new order of a stretch of the plan, or why it has to stay, in words. */
export type Moved = { order: string[] } | { cannot: string }

/** The decision each one is shown beneath: the last unsent one it was built on. */
export function parentsOf(pending: readonly Operation[]): Map<string, string> {
  const known = new Set(pending.map(({ id }) => id))
  const parents = new Map<string, string>()
  for (const { id, dependsOn } of pending) {
    const parent = dependsOn.findLast((one) => known.has(one))
    if (parent !== undefined) parents.set(id, parent)
  }
  return parents
}

/**
 * Past its neighbour beneath the same parent, with everything that follows it. Order has a meaning between decisions of which
 * one was built on the other, and between those about the same alert or case: there nothing moves.
 */
export function moved(id: string, direction: Direction, plan: Plan): Moved {
  const { pending } = plan
  const parents = parentsOf(pending)
  const beside = pending.filter((one) => !needsAttention(one) && parents.get(one.id) === parents.get(id))
  const at = beside.findIndex((one) => one.id === id)
  const neighbour = direction === 'up' ? beside[at - 1] : beside[at + 1]
  if (at < 0 || neighbour === undefined)
    return { cannot: direction === 'up' ? 'It is the first.' : 'It is the last.' }
  const [earlier, later] = direction === 'up' ? [neighbour.id, id] : [id, neighbour.id]
  return before(later, earlier, plan)
}

/** Puts the later of two decisions right before the earlier one, if it is independent of all that it passes. */
function before(later: string, earlier: string, { pending, resolveId }: Plan): Moved {
  const from = pending.findIndex((one) => one.id === earlier)
  const to = pending.findIndex((one) => one.id === later)
  const passed = pending.slice(from, to)
  const moving = pending[to]
  if (moving === undefined) return { cannot: 'It is not waiting any more.' }
  for (const one of passed) {
    const reason = bindsOrder(one, moving, resolveId)
    if (reason !== undefined) return { cannot: reason }
  }
  return { order: [moving, ...passed].map(({ id }) => id) }
}

/** Why two decisions must keep their order; undefined when they are independent. */
export function bindsOrder(earlier: Operation, later: Operation, resolveId: ResolveId): string | undefined {
  if (later.dependsOn.includes(earlier.id)) return 'One was built on the other, so it has to stay behind it.'
  const about = thingsOf(earlier, resolveId)
  const shared = thingsOf(later, resolveId).some((id) => about.includes(id))
  return shared ? 'Both are about the same alert or case, so they stay in the order you decided.' : undefined
}

/** The alert and the cases a decision is about, leads into or makes. */
function thingsOf(operation: Operation, resolveId: ResolveId): string[] {
  const ids = [operation.alertId, caseIdOf(operation), promisedCaseId(operation)]
  return ids.flatMap((id) => (id === undefined ? [] : [resolveId(id)]))
}
