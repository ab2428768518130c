import type { Alert } from '#shared/model/alert.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { fieldsHold, fieldsToSend } from '../../domain/custom-fields.ts'
import { fieldEditOf } from '../../domain/fold-alert.ts'
import { changeHolds } from './change-holds.ts'
import type { KindRules, Outcome, StepContext, StepResult } from './kind.ts'
import { probeMany, refreshMany } from './many-alerts.ts'
import { alreadyThere, comparedWith, outcomeOf, taken } from './outcome.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

type Update = OperationOf<'alert.update'>

/** Whether the alert already looks as the decision wants it. */
export function updateHolds(alert: Alert, operation: Update): boolean {
  const { customFields: _whole, ...change } = operation.payload.change
  const edit = fieldEditOf(operation)
  return changeHolds(alert, change) && (edit === undefined || fieldsHold(edit, alert.customFields))
}

function verdict(operation: Update, alert: Alert, context: StepContext): StepResult {
  if (updateHolds(alert, operation))
    return alreadyThere(alert.id, 'The change was already there; nothing was sent again.', context)
  return comparedWith(operation, alert, context)
}

async function probe(operation: Update, context: StepContext): Promise<StepResult> {
  return verdict(operation, await mustHaveAlert(operation.alertId, context), context)
}

async function send(operation: Update, { server, signal, clock }: StepContext): Promise<StepResult> {
  await server.updateAlert(operation.alertId, operation.payload.change, signal)
  return taken(operation.alertId, 'The server took the change.', { clock })
}

/**
 * Custom fields travel as the whole set, so it is made from theirs of this moment: other people's fields stay. What is read for that tells
 * what else somebody has set since, and whether they are there already: they may have gone in a request of their own before.
 */
async function sendWithFields(operation: Update, context: StepContext): Promise<StepResult> {
  const alert = await mustHaveAlert(operation.alertId, context)
  const seen = verdict(operation, alert, context)
  if (!('notYet' in seen)) return seen
  const edit = fieldEditOf(operation)
  const customFields = edit && fieldsToSend(edit, alert.customFields)
  const change = { ...operation.payload.change, customFields }
  return send({ ...operation, payload: { ...operation.payload, change } }, context)
}

/** One change for all; a refusal stays with its alert. */
async function sendMany(operations: readonly Update[], context: StepContext): Promise<Outcome[]> {
  const [first] = operations
  if (first === undefined) return []
  const ids = operations.map(({ alertId }) => alertId)
  const results = await context.server.updateAlerts(ids, first.payload.change, context.signal)
  return results.map((result) => outcomeOf(result, 'The server took the change.', context))
}

/**
 * PATCH with full values; tags as add/remove, which commute with everybody else's; custom fields commute name by name.
 * Inverse: PATCH the base values.
 */
export const alertUpdate: KindRules<'alert.update'> = {
  send: (operation, context) =>
    operation.payload.change.customFields === undefined
      ? send(operation, context)
      : sendWithFields(operation, context),
  probe,
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
  many: {
    limit: ({ payload }, { atOnce }) =>
      payload.change.customFields === undefined ? atOnce.updateAlerts(payload.change) : 1,
    send: sendMany,
    probe: (operations, context) =>
      probeMany(operations, context, {
        verdict: (operation, alert) => verdict(operation, alert, context),
        single: (operation) => probe(operation, context),
      }),
    refresh: (operations, context) =>
      refreshMany(operations, context, (operation, alert) => updateHolds(alert, operation)),
  },
}
