import type { OperationOf } from '#shared/model/operation.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alertsOf, probeMany } from './many-alerts.ts'
import { alreadyThere, comparedWith, outcomeOf, taken } from './outcome.ts'
import { refreshAlert, seenAlert } from './refresh.ts'

type Delete = OperationOf<'alert.delete'>

const note = 'The server deleted the alert.'

async function probe(operation: Delete, context: StepContext): Promise<StepResult> {
  const { alertId } = operation
  const alert = await seenAlert(alertId, context)
  if (alert !== undefined) return comparedWith(operation, alert, context)
  return alreadyThere(alertId, 'The alert was already gone.', context)
}

async function refresh({ alertId }: Delete, context: StepContext): Promise<void> {
  if (!(await refreshAlert(alertId, context))) await context.cache.removeAlert(alertId)
}

/** The server has said that they are gone: a list without them is enough. One that is still in it is looked at. */
async function refreshAll(operations: readonly Delete[], context: StepContext): Promise<void> {
  const { found } = await alertsOf(operations, context)
  for (const operation of operations) {
    if (found.has(operation.alertId)) await refresh(operation, context)
    else await context.cache.removeAlert(operation.alertId)
  }
}

/**
 * Gone is gone: a server that does not show the alert has done it. No inverse once sent; before that, undo. What a colleague
 * has written into it since is not deleted unseen: pulls bring it, and the decision waits.
 * What was decided about the alert later finds it missing and says so.
 */
export const alertDelete: KindRules<'alert.delete'> = {
  async send({ alertId }, context) {
    await context.server.deleteAlert(alertId, context.signal)
    return taken(alertId, note, context)
  },
  probe,
  refresh,
  many: {
    limit: (_, { atOnce }) => atOnce.deleteAlerts,
    async send(operations, context) {
      const ids = operations.map(({ alertId }) => alertId)
      const results = await context.server.deleteAlerts(ids, context.signal)
      return results.map((result) => outcomeOf(result, note, context))
    },
    probe: (operations, context) =>
      probeMany(operations, context, {
        verdict: (operation, alert) => comparedWith(operation, alert, context),
        single: (operation) => probe(operation, context),
      }),
    refresh: refreshAll,
  },
}
