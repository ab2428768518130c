import type { Case } from '#shared/model/case.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { fieldsHold, fieldsToSend } from '../../domain/custom-fields.ts'
import { fieldEditOf } from '../../domain/fold-alert.ts'
import { changeHolds } from './change-holds.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, comparedWith, taken } from './outcome.ts'
import { mustHaveCase, refreshCase } from './refresh.ts'

type Update = OperationOf<'case.update'>

/** Whether the case already looks as the decision wants it. */
function holds(found: Case, operation: Update): boolean {
  const { customFields: _whole, ...change } = operation.payload.change
  const edit = fieldEditOf(operation)
  return changeHolds(found, change) && (edit === undefined || fieldsHold(edit, found.customFields))
}

function compare(found: Case, operation: Update, context: StepContext): StepResult {
  if (holds(found, operation))
    return alreadyThere(found.id, 'The change was already there; nothing was sent again.', context)
  return comparedWith(operation, found, context)
}

/** Custom fields travel as the whole set, so it is made from theirs of this moment: other people's fields stay; those that are there already went before. */
async function send(found: Case, operation: Update, context: StepContext): Promise<StepResult> {
  const edit = fieldEditOf(operation)
  const customFields = edit && fieldsToSend(edit, found.customFields)
  const change = { ...operation.payload.change, customFields }
  await context.server.updateCase(operation.alertId, change, context.signal)
  return taken(operation.alertId, 'The server took the change.', context)
}

/**
 * PATCH with full values, tags as add/remove; custom fields commute name by name. Read first: no pull brings every case, so a
 * colleague's edit is never overwritten unseen. Inverse: PATCH the base values.
 */
export const caseUpdate: KindRules<'case.update'> = {
  async send(operation, context) {
    const found = await mustHaveCase(operation.alertId, context)
    const seen = compare(found, operation, context)
    return 'notYet' in seen ? send(found, operation, context) : seen
  },
  probe: async (operation, context) =>
    compare(await mustHaveCase(operation.alertId, context), operation, context),
  refresh: (operation, context) => refreshCase(operation.alertId, context),
}
