import type { Alert } from '#shared/model/alert.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import { queueDate } from '#shared/model/queue-date.ts'
import { mergeFields } from './custom-fields.ts'
import type { FieldEdit } from './custom-fields.ts'
import { definedOf } from './defined-of.ts'
import { editedTags } from './edited-tags.ts'

/** An alert as it will be, before the server has seen it. */
export function createdAlert(
  { alertId, author, createdAt, payload }: OperationOf<'alert.create'>,
  observableCount: number,
): Alert {
  return {
    ...payload.input,
    id: alertId,
    date: queueDate(payload.input.date ?? createdAt),
    status: 'New',
    stage: 'New',
    follow: true,
    observableCount,
    createdAt,
    createdBy: author,
  }
}

/** What a decision does to custom fields; undefined when it leaves them alone or never saw what was there. */
export function fieldEditOf({
  payload,
  base,
}: OperationOf<'alert.update' | 'case.update'>): FieldEdit | undefined {
  const { customFields: mine } = payload.change
  const seen = base['customFields']
  return mine === undefined ? undefined : { mine, base: Array.isArray(seen) ? (seen as typeof mine) : [] }
}

/** The same of any decision. */
export const namedEditOf = (operation: Operation): FieldEdit | undefined =>
  operation.kind === 'alert.update' || operation.kind === 'case.update' ? fieldEditOf(operation) : undefined

export function updatedAlert(alert: Alert, operation: OperationOf<'alert.update'>): Alert {
  const { change, effect } = operation.payload
  const { addTags, removeTags, assignee, customFields: _whole, ...plain } = change
  const edit = fieldEditOf(operation)
  const next: Alert = {
    ...alert,
    ...definedOf(plain),
    tags: editedTags(alert.tags, { addTags, removeTags }),
    ...(edit !== undefined && { customFields: mergeFields(edit, alert.customFields) }),
    ...(effect.stage !== undefined && { stage: effect.stage }),
    ...(effect.assignee !== undefined && { assignee: effect.assignee }),
  }
  if (assignee === null) delete next.assignee
  else if (assignee !== undefined) next.assignee = assignee
  return next
}

/** In a case: by promotion, merge or import. Where reading is a mark, it is read by that (api.md §3.8). */
export const importedAlert = (alert: Alert, caseId: string): Alert => ({
  ...alert,
  caseId,
  stage: 'Imported',
  status: 'Imported',
  ...(alert.read !== undefined && { read: true }),
})

/** Out of its case: back to the start (api.md §3.9). What was copied into the case stays there. */
export function unlinkedAlert({ caseId: _left, ...alert }: Alert): Alert {
  return { ...alert, stage: 'New', status: 'New' }
}
