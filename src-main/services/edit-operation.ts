import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Operation, PayloadOf } from '#shared/model/operation.ts'
import type { OperationEdit } from '#shared/model/operation-edit.ts'
import type { Compared } from '../domain/conflicts.ts'
import { isAway } from '../domain/carried.ts'
import { editBegun } from '../domain/edit-begun.ts'
import { editOf, edited } from '../domain/edited-operation.ts'
import type { Editable } from '../domain/edited-operation.ts'
import { caseEffect, mustBeAbleToChangeCase } from './change-cases.ts'
import type { ServiceContext } from './context.ts'
import { mustBeUnique } from './create-alert.ts'
import { predictPromotion } from './import-alerts.ts'
import { mustFind } from './outbox.ts'
import { mustBeAble, mustKnowTlp } from './permissions.ts'
import { seenAlert, seenCase, seenChild } from './seen.ts'
import { effectOf, mustBeAbleToChange } from './triage.ts'

/**
 * Changes a decision before it is sent: the same one, in its place. Durable before the screens show it. What became of it since the edit
 * began stays.
 */
export async function editOperation(
  { id, edit, before: began }: { id: string; edit: OperationEdit; before?: OperationEdit | undefined },
  context: ServiceContext,
): Promise<void> {
  const { book } = context
  const looked = mustBeEditable(id, edit, context)
  const { payload, seen } = await editedPayload(looked, laidOver(looked, edit, began), context)
  // Looking took time: the runner may have begun to send it, or a colleague's words have come into it.
  const before = mustBeEditable(id, edit, context)
  if (before.payload !== looked.payload) return editOperation({ id, edit, before: began }, context)
  const at = book.all().findIndex((one) => one.id === id)
  const later = book.all().slice(at + 1)
  const around = { seen, later, resolveId: (one: string) => book.resolveId(one) }
  const { operation, changed } = edited(before, payload, around)
  book.saveAll([again(operation), ...changed])
  context.queued()
  await book.refold(operation.alertId)
}

function laidOver(operation: Editable, edit: OperationEdit, began: OperationEdit | undefined): OperationEdit {
  const now = editOf(operation)
  const laid = began === undefined || now === undefined ? edit : editBegun(edit, began, now)
  if (laid !== undefined) return laid
  throw new ForagerError('conflict', 'A colleague’s words came into the same place while you edited.', {
    did: 'The decision stays as it is.',
    next: 'Copy what you wrote, and edit the decision again.',
  })
}

/** What the server refused is tried again with its new words; whatever waited goes on waiting. */
function again({ lastError, gone: _seen, ...operation }: Operation): Operation {
  if (operation.state !== 'rejected')
    return { ...operation, ...(lastError !== undefined && { lastError }) } as Operation
  return { ...operation, state: 'ready', mustVerify: operation.attempts > 0 } as Operation
}

/** Why it cannot be changed as it stands now; undefined when it can. */
export function whyNotEditable(operation: Operation): string | undefined {
  if (editOf(operation) === undefined)
    return 'This kind of decision cannot be changed; drop it and decide anew.'
  if (isAway(operation)) return 'It was exported to a file: resume it first.'
  switch (operation.state) {
    case 'sending':
    case 'sent':
      return 'It is being sent or was sent already.'
    case 'conflict':
      return 'A colleague changed the same thing: choose first what stays.'
    case 'cannot-tell':
      return 'It may have happened already: try again or drop it.'
    default:
      return operation.mustVerify && !isTaken(operation)
        ? 'An attempt may have arrived; Forager has to ask the server first.'
        : undefined
  }
}

/** Somebody else's alert has the key of this one: whatever was tried did not make ours. */
const isTaken = ({ kind, state, lastError }: Operation): boolean =>
  kind === 'alert.create' && state === 'rejected' && lastError?.kind === 'conflict'

function mustBeEditable(id: string, edit: OperationEdit, context: ServiceContext): Editable {
  const operation = mustFind(id, context)
  if (operation.kind !== edit.kind) throw new ForagerError('bug', `This is no ${edit.kind}.`)
  const reason = whyNotEditable(operation)
  if (reason !== undefined)
    throw new ForagerError('rejected', reason, {
      did: 'It stays as it was.',
      next: 'Look at it in the outbox.',
    })
  return operation as Editable
}

type Edited = { payload: Editable['payload']; seen: Compared | undefined }

async function editedPayload(
  operation: Editable,
  edit: OperationEdit,
  context: ServiceContext,
): Promise<Edited> {
  const unchanged = operation.payload as object
  switch (edit.kind) {
    case 'alert.create': {
      mustBeAble('createAlert', context)
      await mustBeUnique(edit.key, operation.alertId, context)
      const { input } = unchanged as PayloadOf<'alert.create'>
      const payload = { ...unchanged, input: { ...input, ...edit.key } } as Editable['payload']
      return { payload, seen: undefined }
    }
    case 'alert.update': {
      mustBeAbleToChange(edit.change, context)
      const seen = await seenAlert(operation.alertId, context)
      const alert = asBefore(seen, operation, context)
      return { payload: { change: edit.change, effect: effectOf(edit.change, alert, context) }, seen }
    }
    case 'case.update': {
      mustBeAbleToChangeCase(edit.change, context)
      const seen = await seenCase(operation.alertId, context)
      const stage = stageBefore(operation, context.catalog().caseStatuses) ?? seen.stage
      return {
        payload: { change: edit.change, effect: caseEffect(edit.change, { ...seen, stage }, context) },
        seen,
      }
    }
    case 'alert.promote': {
      const alert = await seenAlert(operation.alertId, context)
      const predicted = (unchanged as { predicted: { id: string } }).predicted
      return {
        payload: predictPromotion(alert, edit.choices, { caseId: predicted.id, context }),
        seen: alert,
      }
    }
    case 'observable.update': {
      mustBeAble('changeObservable', context)
      mustKnowTlp(edit.change.tlp, context)
      const { observableId } = unchanged as { observableId: string }
      const which = { alertId: operation.alertId, childId: observableId }
      const { child } = await seenChild('observable', which, context)
      return { payload: { observableId, change: edit.change }, seen: child }
    }
    case 'observable.add-values':
    case 'observable.add-file':
      mustKnowTlp(edit.marks.tlp, context)
      return { payload: { ...unchanged, marks: edit.marks } as Editable['payload'], seen: undefined }
    case 'comment.add':
    case 'comment.edit':
      return { payload: { ...unchanged, message: edit.message } as Editable['payload'], seen: undefined }
  }
}

/** The alert as it was when the decision was made, as far as its stage and assignee decide what the server will do. */
function asBefore(seen: Alert, operation: Operation, context: ServiceContext): Alert {
  if (operation.kind !== 'alert.update') return seen
  const { assignee: _ours, ...rest } = seen
  const stage = stageBefore(operation, context.catalog().alertStatuses) ?? seen.stage
  const took = operation.payload.effect.assignee !== undefined
  const assignee = 'assignee' in operation.base ? operation.base['assignee'] : took ? null : seen.assignee
  return { ...rest, stage, ...(typeof assignee === 'string' && { assignee }) }
}

function stageBefore<S>(
  { base }: Operation,
  statuses: readonly { value: string; stage: S }[],
): S | undefined {
  return statuses.find((one) => one.value === base['status'])?.stage
}
