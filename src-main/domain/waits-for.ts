import type { Operation } from '#shared/model/operation.ts'
import { isAboutCase } from './fold-case.ts'
import { isBuiltOn, isStuckBehind } from './next-operation.ts'
import { PendingIndex } from './pending-index.ts'
import type { Ours } from './pending-index.ts'
import { caseIdOf } from './target.ts'
import type { ResolveId } from './target.ts'

type Plan = { pending: readonly Operation[]; resolveId: ResolveId }

/**
 * What has to be sent before each of the pending decisions: what it was built on, and what was decided earlier about the same
 * alert or case, as the runner has it. Direct ones only, in the order of sending.
 */
export function waitsForEach({ pending, resolveId }: Plan): Map<string, Operation[]> {
  const ours = new PendingIndex(pending, resolveId)
  const places = new Map(pending.map(({ id }, at) => [id, at]))
  const seen = new Map<string, { last?: Operation; stuck: Operation[] }>()
  /** By case, what links with it since it was last changed. */
  const links = new Map<string, Operation[]>()
  const waits = new Map<string, Operation[]>()
  for (const operation of pending) {
    const about = resolveId(operation.alertId)
    const linked = resolveId(caseIdOf(operation) ?? '')
    const { last, stuck } = seen.get(about) ?? { stuck: [] }
    const since = links.get(isAboutCase(operation) ? about : linked) ?? []
    const across = isAboutCase(operation) ? since : [seen.get(linked)?.last ?? []].flat()
    const before = [...(last ? [last] : []), ...stuck.filter((one) => isBuiltOn(operation, one, ours))]
    waits.set(operation.id, [...new Set([...unsentOf(operation, ours, places), ...before, ...across])])
    if (isStuckBehind(operation, stuck, ours)) {
      seen.set(about, { ...(last && { last }), stuck: [...stuck, operation] })
      continue
    }
    seen.set(about, { last: operation, stuck })
    if (isAboutCase(operation)) links.delete(about)
    else if (linked !== '') {
      since.push(operation)
      links.set(linked, since)
    }
  }
  return waits
}

/** Those it was built on, in the order of sending; found by their ids, so that thousands may be built on one. */
function unsentOf({ dependsOn }: Operation, ours: Ours, places: ReadonlyMap<string, number>): Operation[] {
  const place = ({ id }: Operation) => places.get(id) ?? 0
  return dependsOn.flatMap((id) => ours.get(id) ?? []).toSorted((one, other) => place(one) - place(other))
}

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
