import type { OperationOf } from '#shared/model/operation.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import { changeHolds } from './change-holds.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, lookThenSend, notYetUnless, taken, oursIn } from './outcome.ts'
import { mustHaveCase, refreshCase } from './refresh.ts'

async function probe(operation: OperationOf<'case.update'>, context: StepContext): Promise<StepResult> {
  const found = await mustHaveCase(operation.alertId, context)
  if (changeHolds(found, operation.payload.change))
    return alreadyThere(found.id, 'The change was already there; nothing was sent again.', context)
  return notYetUnless(conflictsWith(operation, found, oursIn(context)))
}

/** PATCH with full values, tags as add/remove. Read first: no pull brings cases. Inverse: PATCH the base values. */
export const caseUpdate: KindRules<'case.update'> = {
  send: (operation, context) =>
    lookThenSend(
      () => probe(operation, context),
      async () => {
        await context.server.updateCase(operation.alertId, operation.payload.change, context.signal)
        return taken(operation.alertId, 'The server took the change.', context)
      },
    ),
  probe,
  refresh: (operation, context) => refreshCase(operation.alertId, context),
}
