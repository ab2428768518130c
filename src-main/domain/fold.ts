import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment, Observable } from '#shared/model/observable.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import { applyEdits } from './child-edits.ts'
import type { ChildEdit, ChildEntity, Children } from './child-edits.ts'
import { createdAlert, importedAlert, unlinkedAlert, updatedAlert } from './fold-alert.ts'
import { addedAttachment, addedComment, addedFile, addedProcedure } from './fold-children.ts'
import { addedValues, inlineObservables } from './fold-children.ts'

/** What the screens show: the server's state with everything still pending laid on top. */
export type Effective = {
  /** Absent only when the server has no such alert and nothing pending creates it. */
  alert: Alert | undefined
  /** Only what pending operations add. */
  observables: Observable[]
  comments: Comment[]
  procedures: Procedure[]
  attachments: AlertAttachment[]
  /** What pending operations do to children that are not pending themselves. */
  edits: ChildEdit[]
  cases: Case[]
}

/** effective = fold(pending, base): pure, total, in the order the decisions were made. Decisions about cases are passed over. */
export function fold(base: Alert | undefined, operations: readonly Operation[]): Effective {
  const start: Effective = {
    alert: base,
    observables: [],
    comments: [],
    procedures: [],
    attachments: [],
    edits: [],
    cases: [],
  }
  return operations.reduce(applyOperation, start)
}

function applyOperation(state: Effective, operation: Operation): Effective {
  if (operation.kind === 'alert.create') return created(state, operation)
  const { alert } = state
  if (alert === undefined) return state
  switch (operation.kind) {
    case 'alert.update':
      return { ...state, alert: updatedAlert(alert, operation) }
    case 'alert.promote': {
      const { predicted } = operation.payload
      return { ...state, alert: importedAlert(alert, predicted.id), cases: [...state.cases, predicted] }
    }
    case 'alert.merge':
    case 'alert.import':
      return { ...state, alert: importedAlert(alert, operation.payload.caseId) }
    case 'alert.unlink':
      return { ...state, alert: unlinkedAlert(alert) }
    case 'alert.read':
      return { ...state, alert: { ...alert, read: operation.payload.read, ...operation.payload.effect } }
    case 'alert.follow':
      return { ...state, alert: { ...alert, follow: operation.payload.follow } }
    case 'alert.delete':
      return { ...state, alert: { ...alert, going: true } }
    case 'case.create':
    case 'case.update':
      return state
    default:
      return applyToChildren({ ...state, alert }, operation)
  }
}

type WithAlert = Effective & { alert: Alert }
type ChildKind = `${'observable' | 'comment' | 'procedure' | 'attachment'}.${string}`
type ChildOperation = Extract<Operation, { kind: ChildKind }>

function applyToChildren(state: WithAlert, operation: ChildOperation): Effective {
  switch (operation.kind) {
    case 'observable.add-values':
      return withObservables(state, addedValues(operation))
    case 'observable.add-file':
      return withObservables(state, [addedFile(operation)])
    case 'comment.add':
      return { ...state, comments: [...state.comments, addedComment(operation)] }
    case 'procedure.add':
      return { ...state, procedures: [...state.procedures, addedProcedure(operation)] }
    case 'attachment.add':
      return { ...state, attachments: [...state.attachments, addedAttachment(operation)] }
    default:
      return edited(state, editOf(operation))
  }
}

type AddKind = 'observable.add-values' | 'observable.add-file' | `${string}.add`

/** What a decision about one child does to it. */
export function editOf(operation: Exclude<ChildOperation, { kind: AddKind }>): ChildEdit {
  switch (operation.kind) {
    case 'observable.update': {
      const { observableId: id, change } = operation.payload
      return { entity: 'observable', id, do: 'change', change }
    }
    case 'comment.edit': {
      const { commentId: id, message } = operation.payload
      return { entity: 'comment', id, do: 'change', change: { message } }
    }
    case 'procedure.edit': {
      const { procedureId: id, change } = operation.payload
      return { entity: 'procedure', id, do: 'change', change }
    }
    case 'observable.delete':
      return { entity: 'observable', id: operation.payload.observableId, do: 'delete' }
    case 'comment.delete':
      return { entity: 'comment', id: operation.payload.commentId, do: 'delete' }
    case 'procedure.delete':
      return { entity: 'procedure', id: operation.payload.procedureId, do: 'delete' }
    case 'attachment.delete':
      return { entity: 'attachment', id: operation.payload.attachmentId, do: 'delete' }
  }
}

/** What came along is shown until it has been read back, also when the server's alert is here already: that counts it by itself. */
function created(state: Effective, operation: OperationOf<'alert.create'>): Effective {
  const observables = inlineObservables(operation)
  const alert = state.alert ?? createdAlert(operation, observables.length)
  return { ...state, alert, observables: [...state.observables, ...observables] }
}

function withObservables(state: WithAlert, added: Observable[]): Effective {
  return { ...counted(state, added.length), observables: [...state.observables, ...added] }
}

const counted = (state: WithAlert, by: number): WithAlert => ({
  ...state,
  alert: { ...state.alert, observableCount: Math.max(0, state.alert.observableCount + by) },
})

/**
 * A child that is pending itself changes in place; an edit of any other is kept, to be laid over what the server has. One that the
 * server has, though it was not read back yet, is both.
 */
function edited(state: WithAlert, edit: ChildEdit): Effective {
  const repeated = state.edits.some((one) => one.do === 'delete' && isSame(one, edit))
  const lessOne = edit.entity === 'observable' && edit.do === 'delete' && !repeated
  const before = lessOne ? counted(state, -1) : state
  const next = isLocalId(edit.id) ? before : { ...before, edits: [...before.edits, edit] }
  const isIn = <E extends ChildEntity>(list: readonly Children[E][]) => list.some(({ id }) => id === edit.id)
  switch (edit.entity) {
    case 'observable':
      if (!isIn(state.observables)) break
      return { ...next, observables: applyEdits('observable', state.observables, [edit]) }
    case 'comment':
      if (!isIn(state.comments)) break
      return { ...next, comments: applyEdits('comment', state.comments, [edit]) }
    case 'procedure':
      if (!isIn(state.procedures)) break
      return { ...next, procedures: applyEdits('procedure', state.procedures, [edit]) }
    case 'attachment':
      if (!isIn(state.attachments)) break
      return { ...next, attachments: applyEdits('attachment', state.attachments, [edit]) }
  }
  return { ...before, edits: [...before.edits, edit] }
}

const isSame = (one: ChildEdit, other: ChildEdit): boolean =>
  one.entity === other.entity && one.id === other.id
