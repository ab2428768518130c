import type { OperationOf } from '#shared/model/operation.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, comparedWith, sendOrLook, taken } from './outcome.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

async function probe(operation: OperationOf<'alert.unlink'>, context: StepContext): Promise<StepResult> {
  const alert = await mustHaveAlert(operation.alertId, context)
  if (alert.caseId === undefined) return alreadyThere(alert.id, 'The alert was in no case any more.', context)
  if (alert.caseId === operation.payload.caseId) return { notYet: true }
  return comparedWith(operation, alert, context)
}

/** An alert without a case is unlinked: its case id tells. Inverse: merge into the same case. */
export const alertUnlink: KindRules<'alert.unlink'> = {
  send: (operation, context) =>
    sendOrLook(
      async () => {
        await context.server.unlink(operation.alertId, operation.payload.caseId, context.signal)
        return taken(operation.alertId, 'The server took the alert out of its case.', context)
      },
      () => probe(operation, context),
    ),
  probe,
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
}
