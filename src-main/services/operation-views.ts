import type { ConflictView, OperationView } from '#shared/model/operation-view.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import { definedOf as defined } from '../domain/defined-of.ts'
import { needsAttention } from '../domain/next-operation.ts'
import { whyNotEditable } from './edit-operation.ts'
import { sentenceOf } from './operation-sentence.ts'
import { undoable } from './outbox.ts'

export type ViewFacts = {
  now: number
  /** What each pending one waits for, and what it is shown beneath. */
  waits: ReadonlyMap<string, readonly Operation[]>
  parents: ReadonlyMap<string, string>
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
    waitsFor: (facts.waits.get(id) ?? []).map((one) => one.id),
    ...defined({ under: facts.parents.get(id), firstSentAt: operation.firstSentAt }),
    undoable: undoable(operation),
    editable: whyNotEditable(operation) === undefined,
    ...(operation.lastError !== undefined && { lastError: operation.lastError }),
    ...(operation.state === 'rejected' && defined({ gone: shownGone(operation) })),
    ...(operation.conflicts !== undefined && {
      conflicts: operation.conflicts.map((conflict) => conflictView(conflict, facts)),
    }),
    ...(operation.receipt !== undefined && { receipt: operation.receipt }),
    ...(operation.carried !== undefined && { carried: operation.carried }),
  }
}

const shownGone = ({ gone }: Operation) => (gone?.what === 'other' ? undefined : gone)

function conflictView(conflict: FieldConflict, { caseName }: ViewFacts): ConflictView {
  if (conflict.field !== 'caseId') return conflict
  const named = (value: unknown) => (typeof value === 'string' ? caseName(value) : 'no case')
  const words = { base: named(conflict.base), mine: named(conflict.mine), theirs: named(conflict.theirs) }
  return { ...conflict, words }
}

function titleOf(operation: Operation, facts: ViewFacts): string {
  const creates = operation.kind === 'alert.create' || operation.kind === 'case.create'
  return creates ? operation.payload.input.title : facts.titleOf(operation.alertId)
}

function shownState(operation: Operation, { waits, now }: ViewFacts): OperationView['state'] {
  if (operation.state === 'held' && operation.notBefore === untilAnalyst) return 'held'
  const before = waits.get(operation.id) ?? []
  const stuck = before.some(
    (one) => operation.dependsOn.includes(one.id) || one.notBefore === untilAnalyst || needsAttention(one),
  )
  const isWaiting = operation.state === 'ready' || operation.state === 'held'
  if (isWaiting && stuck) return 'blocked'
  return operation.state === 'held' && operation.notBefore <= now ? 'ready' : operation.state
}
