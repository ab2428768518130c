import type { Operation, OperationState } from '#shared/model/operation.ts'
import { earlierOnSameAlert } from './conflicts.ts'
import type { Ours } from './conflicts.ts'
import { sameTarget } from './target.ts'
import type { ResolveId } from './target.ts'
import { touchedFields, watchedFields } from './touched-fields.ts'

const waitsForTime: readonly OperationState[] = ['held', 'ready', 'retry-at']
const needsAnalyst: readonly OperationState[] = ['conflict', 'rejected', 'cannot-tell']

/** True when only the analyst can move it on. */
export const needsAttention = (operation: Pick<Operation, 'state'>): boolean =>
  needsAnalyst.includes(operation.state)

/** Unsent operations this one was built on. */
export function unsentDependencies(operation: Operation, pending: readonly Operation[]): Operation[] {
  return pending.filter((other) => operation.dependsOn.includes(other.id))
}

/**
 * First in, first out per alert: what waits for its time holds back later decisions on the same alert; what needs the
 * analyst holds back what depends on it and what sets, or deletes, the same field.
 */
export function sendable(operation: Operation, ours: Ours, now: number): boolean {
  if (!waitsForTime.includes(operation.state) || operation.notBefore > now) return false
  if (unsentDependencies(operation, ours.pending).length > 0) return false
  const fields = watchedFields(operation)
  return !earlierOnSameAlert(operation, ours).some(
    (other) =>
      !needsAttention(other) ||
      (sameTarget(operation, other, ours.resolveId) &&
        touchedFields(other).some((field) => fields.includes(field))),
  )
}

/** The next operation to send, oldest first. `resolveId` tells that a local id and the server's are one. */
export function nextOperation(
  pending: readonly Operation[],
  now: number,
  resolveId?: ResolveId,
): Operation | undefined {
  return pending.find((operation) => sendable(operation, { pending, resolveId }, now))
}

/** When the earliest operation that waits for nothing but time may go, ms since the epoch; undefined when there is none. */
export function nextMoment(pending: readonly Operation[], resolveId?: ResolveId): number | undefined {
  const moments = pending
    .filter((operation) => sendable(operation, { pending, resolveId }, operation.notBefore))
    .map((operation) => operation.notBefore)
  return moments.length === 0 ? undefined : Math.min(...moments)
}
