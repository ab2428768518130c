import type { Operation } from '#shared/model/operation.ts'
import { needsAttention, unsentDependencies } from './next-operation.ts'
import { sameTarget } from './target.ts'
import type { ResolveId } from './target.ts'
import { touchedFields } from './touched-fields.ts'

type Plan = { pending: readonly Operation[]; resolveId: ResolveId }

/**
 * What has to be sent before each of the pending decisions: what it was built on, and what was decided earlier about the same
 * alert or case. Direct ones only, in the order of sending.
 */
export function waitsForEach({ pending, resolveId }: Plan): Map<string, Operation[]> {
  const seen = new Map<string, { last?: Operation; stuck: Operation[] }>()
  const waits = new Map<string, Operation[]>()
  for (const operation of pending) {
    const about = resolveId(operation.alertId)
    const { last, stuck } = seen.get(about) ?? { stuck: [] }
    const before = [...(last ? [last] : []), ...stuck.filter((one) => shareField(one, operation, resolveId))]
    waits.set(operation.id, [...new Set([...unsentOf(operation, pending), ...before])])
    if (needsAttention(operation)) seen.set(about, { ...(last && { last }), stuck: [...stuck, operation] })
    else seen.set(about, { last: operation, stuck })
  }
  return waits
}

const shareField = (one: Operation, other: Operation, resolveId: ResolveId): boolean =>
  sameTarget(one, other, resolveId) &&
  touchedFields(one).some((field) => touchedFields(other).includes(field))

/** Most decisions are built on nothing: then nobody is looked through. */
const unsentOf = (operation: Operation, pending: readonly Operation[]): Operation[] =>
  operation.dependsOn.length === 0 ? [] : unsentDependencies(operation, pending)

/** These and whatever they wait for, directly or not, in the order of sending. */
export function withPredecessors(ids: readonly string[], plan: Plan): Operation[] {
  const waits = waitsForEach(plan)
  const found = new Set<string>()
  const follow = [...ids]
  for (let id = follow.pop(); id !== undefined; id = follow.pop()) {
    if (found.has(id)) continue
    found.add(id)
    follow.push(...(waits.get(id) ?? []).map((one) => one.id))
  }
  return plan.pending.filter(({ id }) => found.has(id))
}

/** Whatever was built on these, directly or not, in the order of sending; without themselves. */
export function dependentsOf(ids: readonly string[], pending: readonly Operation[]): Operation[] {
  const fallen = new Set(ids)
  for (let before = -1; before !== fallen.size;) {
    before = fallen.size
    for (const one of pending) if (one.dependsOn.some((id) => fallen.has(id))) fallen.add(one.id)
  }
  return pending.filter(({ id }) => fallen.has(id) && !ids.includes(id))
}
