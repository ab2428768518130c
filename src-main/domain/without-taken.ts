import { isLocalId } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Ours } from './pending-index.ts'
import { childIdOf } from './target.ts'

/**
 * Where the server refused some of the values and gave the others its ids, only what it refused is still asked for, and what was
 * decided about the others waits for it no longer: all that changed.
 */
export function withoutTaken(operation: Operation, ours: Ours): Operation[] {
  if (operation.kind !== 'observable.add-values' || operation.state !== 'rejected') return [operation]
  const { values } = operation.payload
  const refused = values.filter(({ localId }) => isLocalId(ours.resolveId(localId)))
  if (refused.length === 0 || refused.length === values.length) return [operation]
  const ids = new Set(refused.map(({ localId }) => localId))
  const free = [...ours.about(operation.alertId)]
    .filter((one) => one.dependsOn.includes(operation.id) && !ids.has(childIdOf(one) ?? ''))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((id) => id !== operation.id) }))
  return [{ ...operation, payload: { ...operation.payload, values: refused } }, ...free]
}
