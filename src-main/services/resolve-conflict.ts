import { ForagerError } from '#shared/errors/forager-error.ts'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { FieldConflict, Operation, OperationOf } from '#shared/model/operation.ts'
import { customFieldPrefix, editedNames, withValuesOf } from '../domain/custom-fields.ts'
import { fieldEditOf } from '../domain/fold-alert.ts'
import type { ServiceContext } from './context.ts'

type Choice = 'mine' | 'theirs'
type Changing = OperationOf<'alert.update' | 'case.update' | 'observable.update' | 'procedure.edit'>
type Settled = { operation: Operation; nothingLeft: boolean }

/** Mine: their value becomes the ground and ours is sent over it. Theirs: ours is dropped, field by field. */
export async function resolveConflict(
  { id, choice }: { id: string; choice: Choice },
  context: ServiceContext,
): Promise<void> {
  const operation = context.book.get(id)
  if (operation?.state !== 'conflict')
    throw new ForagerError('rejected', 'This is no longer in conflict.', { next: 'Look at it again.' })
  const settled = settle(operation, choice, context)
  if (settled.nothingLeft) return context.book.remove([operation])
  const { conflicts: _settled, ...rest } = settled.operation
  context.book.save({
    ...rest,
    state: 'ready',
    mustVerify: false,
    notBefore: context.now(),
  } as Operation)
  context.queued()
  await context.book.refold(operation.alertId)
}

function settle(operation: Operation, choice: Choice, context: ServiceContext): Settled {
  switch (operation.kind) {
    case 'alert.update':
    case 'case.update':
    case 'observable.update':
    case 'procedure.edit':
      return (operation.conflicts ?? []).reduce<Settled>(
        (state, conflict) => settleField(state.operation as Changing, conflict, choice),
        { operation, nothingLeft: false },
      )
    case 'alert.unlink':
      return settleUnlink(operation, choice)
    case 'alert.promote':
    case 'alert.merge':
    case 'alert.import':
      return settleImport(operation, choice, context)
    default:
      return { operation: grounded(operation, operation.conflicts ?? []), nothingLeft: choice === 'theirs' }
  }
}

function grounded<O extends Operation>(operation: O, conflicts: readonly FieldConflict[]): O {
  const theirs = Object.fromEntries(conflicts.map((conflict) => [conflict.field, conflict.theirs]))
  return { ...operation, base: { ...operation.base, ...theirs } }
}

function settleField(operation: Changing, conflict: FieldConflict, choice: Choice): Settled {
  const hasFields = operation.kind === 'alert.update' || operation.kind === 'case.update'
  if (hasFields && conflict.field.startsWith(customFieldPrefix))
    return settleCustomField(operation, conflict, choice)
  const ground = grounded(operation, [conflict])
  if (choice === 'mine') return { operation: ground, nothingLeft: false }
  return without(ground, conflict.field)
}

function without(operation: Changing, field: string): Settled {
  const change = Object.fromEntries(
    Object.entries(operation.payload.change).filter(([name, value]) => name !== field && value !== undefined),
  )
  // What the server would have done beside our status goes with it.
  const effect = field === 'status' ? { effect: {} } : {}
  const payload = { ...operation.payload, change, ...effect }
  return { operation: { ...operation, payload } as Operation, nothingLeft: Object.keys(change).length === 0 }
}

/** One custom field: the others of the same decision stay as they are. */
function settleCustomField(
  operation: OperationOf<'alert.update' | 'case.update'>,
  { field, theirs }: FieldConflict,
  choice: Choice,
): Settled {
  const edit = fieldEditOf(operation)
  if (edit === undefined) return { operation, nothingLeft: false }
  const name = field.slice(customFieldPrefix.length)
  const type = [...edit.mine, ...edit.base].find((entry) => entry.name === name)?.type ?? 'string'
  const values = Array.isArray(theirs) ? theirs : theirs === null ? [] : [theirs]
  const entries = values.map((value, order) => ({
    name,
    type,
    order,
    value: value as CustomFieldValue['value'],
  }))
  const base = withValuesOf(edit.base, name, entries)
  const mine = choice === 'mine' ? [...edit.mine] : withValuesOf(edit.mine, name, entries)
  const change = { ...operation.payload.change, customFields: mine }
  const next = {
    ...operation,
    base: { ...operation.base, customFields: base },
    payload: { ...operation.payload, change },
  } as Changing
  if (editedNames({ base, mine }).length > 0) return { operation: next, nothingLeft: false }
  return without(next, 'customFields')
}

/** Mine: out of whatever case it is in now. Theirs: it stays where a colleague put it. */
function settleUnlink(operation: OperationOf<'alert.unlink'>, choice: Choice): Settled {
  const caseId = theirCase(operation)
  if (choice === 'theirs' || caseId === undefined) return { operation, nothingLeft: true }
  const ground = grounded(operation, operation.conflicts ?? [])
  return { operation: { ...ground, payload: { caseId } }, nothingLeft: false }
}

/** An alert is in one case only: somebody else's case stands, and what was to follow ours follows theirs. */
function settleImport(
  operation: OperationOf<'alert.promote' | 'alert.merge' | 'alert.import'>,
  choice: Choice,
  context: ServiceContext,
): Settled {
  const theirs = theirCase(operation)
  if (choice === 'mine' || theirs === undefined)
    throw new ForagerError(
      'rejected',
      'The alert is already in another case; a server keeps an alert in one case only.',
      {
        did: 'Nothing was sent.',
        next: 'Take theirs, or unlink the alert on the server and try again.',
      },
    )
  if (operation.kind === 'alert.promote') context.book.mapId(operation.payload.predicted.id, theirs)
  return { operation, nothingLeft: true }
}

function theirCase({ conflicts }: Operation): string | undefined {
  const theirs = conflicts?.find(({ field }) => field === 'caseId')?.theirs
  return typeof theirs === 'string' ? theirs : undefined
}
