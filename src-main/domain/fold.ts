import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'

/** What the screens show: the server's state with everything still pending laid on top. */
export type Effective = {
  /** Absent only when the server has no such alert and nothing pending creates it. */
  alert: Alert | undefined
  /** Only what pending operations add. */
  observables: Observable[]
  comments: Comment[]
  cases: Case[]
}

/** effective = fold(pending, base): pure, total, in the order the decisions were made. */
export function fold(base: Alert | undefined, operations: readonly Operation[]): Effective {
  const start: Effective = { alert: base, observables: [], comments: [], cases: [] }
  return operations.reduce(applyOperation, start)
}

function applyOperation(state: Effective, operation: Operation): Effective {
  if (operation.kind === 'alert.create') return { ...state, alert: state.alert ?? createdAlert(operation) }
  if (state.alert === undefined) return state
  switch (operation.kind) {
    case 'alert.update':
      return { ...state, alert: updatedAlert(state.alert, operation) }
    case 'alert.promote':
      return {
        ...state,
        alert: imported(state.alert, operation.payload.predicted.id),
        cases: [...state.cases, operation.payload.predicted],
      }
    case 'alert.merge':
      return { ...state, alert: imported(state.alert, operation.payload.caseId) }
    case 'observable.add-values':
      return withObservables(state, state.alert, addedValues(operation))
    case 'observable.add-file':
      return withObservables(state, state.alert, [addedFile(operation)])
    case 'comment.add':
      return { ...state, comments: [...state.comments, addedComment(operation)] }
  }
}

function withObservables(state: Effective, alert: Alert, added: Observable[]): Effective {
  return {
    ...state,
    alert: { ...alert, observableCount: alert.observableCount + added.length },
    observables: [...state.observables, ...added],
  }
}

function createdAlert({ alertId, author, createdAt, payload }: OperationOf<'alert.create'>): Alert {
  return {
    ...payload.input,
    id: alertId,
    date: createdAt,
    status: 'New',
    stage: 'New',
    follow: true,
    observableCount: 0,
    customFields: [],
    createdAt,
    createdBy: author,
  }
}

function updatedAlert(alert: Alert, { payload }: OperationOf<'alert.update'>): Alert {
  const { addTags = [], removeTags = [], assignee, ...plain } = payload.change
  const kept = alert.tags.filter((tag) => !removeTags.includes(tag))
  const next: Alert = {
    ...alert,
    ...definedOf(plain),
    tags: [...kept, ...addTags.filter((tag) => !kept.includes(tag))],
    ...(payload.effect.stage !== undefined && { stage: payload.effect.stage }),
    ...(payload.effect.assignee !== undefined && { assignee: payload.effect.assignee }),
  }
  if (assignee === null) delete next.assignee
  else if (assignee !== undefined) next.assignee = assignee
  return next
}

function imported(alert: Alert, caseId: string): Alert {
  return { ...alert, caseId, stage: 'Imported', status: 'Imported' }
}

function addedValues({ payload, author, createdAt }: OperationOf<'observable.add-values'>): Observable[] {
  return payload.values.map(({ localId, dataType, data }) => ({
    ...payload.marks,
    id: localId,
    dataType,
    data,
    ignoreSimilarity: false,
    createdAt,
    createdBy: author,
    pending: true,
  }))
}

function addedFile({ payload, author, createdAt }: OperationOf<'observable.add-file'>): Observable {
  return {
    ...payload.marks,
    id: payload.localId,
    dataType: 'file',
    attachment: payload.attachment,
    ignoreSimilarity: false,
    createdAt,
    createdBy: author,
    pending: true,
  }
}

function addedComment({ payload, author, createdAt }: OperationOf<'comment.add'>): Comment {
  return {
    id: payload.localId,
    message: payload.message,
    createdAt,
    createdBy: author,
    edited: false,
    pending: true,
  }
}

/** exactOptionalPropertyTypes: a key that is present but undefined would erase the field it stands for. */
function definedOf<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
