import type { OperationView } from '#shared/model/operation-view.ts'
import type { Operation } from '#shared/model/operation.ts'
import { unsentDependencies } from '../domain/next-operation.ts'
import { sentenceOf } from './operation-sentence.ts'
import { undoable } from './outbox.ts'

export type ViewFacts = {
  pending: readonly Operation[]
  now: number
  /** Of the alert, or of the case, that a decision is about. */
  titleOf: (id: string) => string
  caseName: (caseId: string) => string
}

/** An outbox line in words; what waits for another operation says so. */
export function viewOf(operation: Operation, facts: ViewFacts): OperationView {
  const { id, groupId, kind, alertId, createdAt, attempts, notBefore, dependsOn } = operation
  return {
    ...{ id, groupId, kind, alertId, createdAt, attempts, notBefore, dependsOn },
    sentence: sentenceOf(operation, facts.caseName),
    alertTitle: titleOf(operation, facts),
    state: shownState(operation, facts),
    undoable: undoable(operation),
    ...(operation.lastError !== undefined && { lastError: operation.lastError }),
    ...(operation.conflicts !== undefined && { conflicts: operation.conflicts }),
    ...(operation.receipt !== undefined && { receipt: operation.receipt }),
  }
}

function titleOf(operation: Operation, facts: ViewFacts): string {
  const creates = operation.kind === 'alert.create' || operation.kind === 'case.create'
  return creates ? operation.payload.input.title : facts.titleOf(operation.alertId)
}

function shownState(operation: Operation, { pending, now }: ViewFacts): OperationView['state'] {
  if (operation.state === 'held' && operation.notBefore <= now) return 'ready'
  const waits = operation.state === 'ready' || operation.state === 'held'
  return waits && unsentDependencies(operation, pending).length > 0 ? 'blocked' : operation.state
}
