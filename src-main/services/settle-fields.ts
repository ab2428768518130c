import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import { operationPayloads } from '#shared/model/operation.ts'
import type { FieldConflict, Operation, OperationOf } from '#shared/model/operation.ts'
import { customFieldPrefix, editedNames, entriesOf, withValuesOf } from '../domain/custom-fields.ts'
import { namedEditOf } from '../domain/fold-alert.ts'
import { isEqual } from '../domain/is-equal.ts'
import { withWanted } from '../domain/touched-fields.ts'

type Changing = OperationOf<
  'alert.update' | 'case.update' | 'observable.update' | 'procedure.edit' | 'comment.edit'
>

/** The decision after a choice for each field; undefined when nothing of it is left. */
export function settleFields(
  operation: Changing,
  choices: Readonly<Record<string, ConflictChoice>>,
): Operation | undefined {
  const settled = (operation.conflicts ?? []).reduce<Changing | undefined>((state, conflict) => {
    const choice = choices[conflict.field]
    return state === undefined || choice === undefined ? state : settleField(state, conflict, choice)
  }, operation)
  return settled === undefined ? undefined : checked(settled)
}

/** Set by rules of their own, which an edit here would pass by: a status has its stage, a custom field its type. */
const notEdited = ['status', 'customFields', 'dataType']

function settleField(
  operation: Changing,
  conflict: FieldConflict,
  choice: ConflictChoice,
): Changing | undefined {
  const { field, theirs } = conflict
  const edits = typeof choice === 'object'
  if (edits && notEdited.some((one) => field.startsWith(one)))
    throw new ForagerError('rejected', 'This field is mine or theirs; it cannot be edited here.', {
      did: 'Nothing was changed.',
      next: 'Choose one, and change it on the alert afterwards.',
    })
  if (field.startsWith(customFieldPrefix))
    return settleCustomField(operation, conflict, choice === 'mine' ? 'mine' : 'theirs')
  const ground = { ...operation, base: { ...operation.base, [field]: theirs } } as Changing
  if (choice === 'mine') return ground
  if (!edits || isEqual(choice.edit, theirs)) return without(ground, field)
  return withWanted(ground, field, choice.edit) as Changing
}

/** Without that field; undefined when it was the last one. */
function without(operation: Changing, field: string): Changing | undefined {
  if (operation.kind === 'comment.edit') return undefined
  const kept = Object.entries(operation.payload.change).filter(
    ([name, value]) => name !== field && value !== undefined,
  )
  if (kept.length === 0) return undefined
  // What the server would have done beside our status goes with it.
  const effect = field === 'status' ? { effect: {} } : {}
  const payload = { ...operation.payload, change: Object.fromEntries(kept), ...effect }
  return { ...operation, payload } as Changing
}

/** One custom field: the others of the same decision stay as they are. */
function settleCustomField(
  operation: Changing,
  { field, theirs }: FieldConflict,
  choice: 'mine' | 'theirs',
): Changing | undefined {
  const edit = namedEditOf(operation)
  if (edit === undefined) return operation
  const name = field.slice(customFieldPrefix.length)
  const entries = entriesOf(edit, name, theirs)
  const base = withValuesOf(edit.base, name, entries)
  const mine = choice === 'mine' ? [...edit.mine] : withValuesOf(edit.mine, name, entries)
  const ground = { ...operation, base: { ...operation.base, customFields: base } } as Changing
  const next = withWanted(ground, 'customFields', mine) as Changing
  return editedNames({ base, mine }).length > 0 ? next : without(next, 'customFields')
}

/** What the analyst wrote is checked as any decision is. */
function checked(operation: Operation): Operation {
  const parsed = operationPayloads[operation.kind].safeParse(operation.payload)
  if (parsed.success) return operation
  throw new ForagerError('rejected', 'This value does not fit the field.', {
    did: 'Nothing was changed.',
    next: 'Write another one, or take mine or theirs.',
  })
}
