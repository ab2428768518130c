import type { Case } from '#shared/model/case.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import { mergeFields } from './custom-fields.ts'
import { definedOf } from './defined-of.ts'
import { editedTags } from './edited-tags.ts'
import { fieldEditOf } from './fold-alert.ts'

/** Decisions about a case, not about an alert: their `alertId` is the case's id. */
export const isAboutCase = (
  operation: Pick<Operation, 'kind'>,
): operation is OperationOf<'case.create' | 'case.update'> =>
  operation.kind === 'case.create' || operation.kind === 'case.update'

/** effective = fold(pending, base) for a case; what is not about a case is passed over. */
export function foldCase(base: Case | undefined, operations: readonly Operation[]): Case | undefined {
  return operations.reduce<Case | undefined>((state, operation) => {
    if (operation.kind === 'case.create') return state ?? operation.payload.predicted
    if (operation.kind === 'case.update') return state && updatedCase(state, operation)
    return state
  }, base)
}

function updatedCase(known: Case, operation: OperationOf<'case.update'>): Case {
  const { change, effect } = operation.payload
  const { addTags, removeTags, assignee, customFields: _whole, ...plain } = change
  const edit = fieldEditOf(operation)
  const next: Case = {
    ...known,
    ...definedOf(plain),
    tags: editedTags(known.tags, { addTags, removeTags }),
    ...(edit !== undefined && { customFields: mergeFields(edit, known.customFields) }),
    ...(effect.stage !== undefined && { stage: effect.stage }),
  }
  if (assignee === null) delete next.assignee
  else if (assignee !== undefined) next.assignee = assignee
  return next
}
