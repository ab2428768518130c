import type { KindRules } from './kind.ts'
import { alreadyThere, comparedWith, taken } from './outcome.ts'
import { refreshAlert } from './refresh.ts'

/**
 * Gone is gone: a server that does not show the alert has done it. No inverse once sent; before that, undo. What a colleague
 * has written into it since is not deleted unseen: pulls bring it, and the decision waits.
 * What was decided about the alert later finds it missing and says so.
 */
export const alertDelete: KindRules<'alert.delete'> = {
  async send({ alertId }, context) {
    await context.server.deleteAlert(alertId, context.signal)
    return taken(alertId, 'The server deleted the alert.', context)
  },
  async probe(operation, context) {
    const { alertId } = operation
    const alert = await context.server.alert(alertId, context.signal)
    if (alert !== undefined) return comparedWith(operation, alert, context)
    return alreadyThere(alertId, 'The alert was already gone.', context)
  },
  async refresh({ alertId }, context) {
    if (!(await refreshAlert(alertId, context))) await context.cache.removeAlert(alertId)
  },
}
