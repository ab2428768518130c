import type { Operation, OperationState } from '#shared/model/operation.ts'
import { changedFields } from './changes-of.ts'
import { isAboutCase } from './fold-case.ts'
import type { Ours } from './pending-index.ts'
import { caseIdOf, sameTarget } from './target.ts'
import { watchedFields } from './touched-fields.ts'

const waitsForTime: readonly OperationState[] = ['held', 'ready', 'retry-at']
const none: ReadonlySet<string> = new Set()
const needsAnalyst: readonly OperationState[] = ['conflict', 'rejected', 'cannot-tell']

/** True when only the analyst can move it on. */
export const needsAttention = (operation: Pick<Operation, 'state'>): boolean =>
  needsAnalyst.includes(operation.state)

/**
 * First in, first out per alert and per case: what waits for its time holds back later decisions on the same alert, and, between what
 * changes a case and what links alerts with it, on the same case; what needs the analyst holds back what depends on it and what
 * sets, or deletes, the same field, and what waits behind those.
 */
export function sendable(operation: Operation, ours: Ours, now: number): boolean {
  return operation.notBefore <= now && sendableAfter(none, operation, ours)
}

/** Whether nothing but time and those named stand before it: for what goes in one request with them. */
export function sendableAfter(before: ReadonlySet<string>, operation: Operation, ours: Ours): boolean {
  if (!waitsForTime.includes(operation.state)) return false
  if (operation.dependsOn.some((id) => !before.has(id) && ours.get(id) !== undefined)) return false
  for (const other of earlierAcrossCase(operation, ours))
    if (!before.has(other.id) && !isStuck(other, ours)) return false
  const stuck: Operation[] = []
  for (const other of ours.about(operation.alertId)) {
    if (other.id === operation.id) return !stuck.some((one) => isBuiltOn(operation, one, ours))
    if (before.has(other.id)) continue
    if (!isStuckBehind(other, stuck, ours)) return false
    stuck.push(other)
  }
  return true
}

/** Of a link the changes of its case, of a change of a case the links with it. Links do not wait for one another. */
function* earlierAcrossCase(operation: Operation, ours: Ours): Iterable<Operation> {
  for (const other of acrossCase(operation, ours)) {
    if (!ours.isBefore(other, operation)) return
    yield other
  }
}

function acrossCase(operation: Operation, ours: Ours): Iterable<Operation> {
  if (isAboutCase(operation)) return ours.linking(operation.alertId)
  const caseId = caseIdOf(operation)
  return caseId === undefined ? [] : ours.about(caseId)
}

/** Only the analyst can move it on, or one of those it waits for: it must not hold back what has nothing to do with it. */
export function isStuckBehind(operation: Operation, stuck: readonly Operation[], ours: Ours): boolean {
  return (
    needsAttention(operation) ||
    stuck.some((one) => isBuiltOn(operation, one, ours)) ||
    operation.dependsOn.some((id) => isStuck(ours.get(id), ours))
  )
}

/** The same of one about anything, which somebody depends on. */
function isStuck(operation: Operation | undefined, ours: Ours): boolean {
  if (operation === undefined) return false
  const stuck: Operation[] = []
  for (const other of ours.about(operation.alertId)) {
    const held = isStuckBehind(other, stuck, ours)
    if (other.id === operation.id) return held
    if (held) stuck.push(other)
  }
  return needsAttention(operation)
}

/** It sets, or deletes, what the earlier one changes: its ground is known only when that one went or was given up. */
export function isBuiltOn(operation: Operation, earlier: Operation, { resolveId }: Ours): boolean {
  if (operation.dependsOn.includes(earlier.id)) return true
  if (!sameTarget(operation, earlier, resolveId)) return false
  const fields = watchedFields(operation)
  return changedFields(earlier).some((field) => fields.includes(field))
}

/** The next operation to send, oldest first. */
export function nextOperation(ours: Ours, now: number): Operation | undefined {
  for (const operation of ours.inOrder()) if (sendable(operation, ours, now)) return operation
  return undefined
}

/** When the earliest operation that waits for nothing but time may go, ms since the epoch; undefined when there is none. */
export function nextMoment(ours: Ours): number | undefined {
  let earliest: number | undefined
  for (const operation of ours.inOrder()) {
    const sooner = earliest === undefined || operation.notBefore < earliest
    if (sooner && sendableAfter(none, operation, ours)) earliest = operation.notBefore
  }
  return earliest
}
