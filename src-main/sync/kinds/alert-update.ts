import type { Alert, AlertChange } from '#shared/model/alert.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import type { KindRules } from './kind.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

/** Whether the alert already looks as the change wants it. */
export function changeHolds(alert: Alert, change: AlertChange): boolean {
  const { addTags = [], removeTags = [], assignee, ...plain } = change
  const current: Record<string, unknown> = alert
  return (
    Object.entries(plain).every(([field, value]) => value === undefined || current[field] === value) &&
    (assignee === undefined || (alert.assignee ?? null) === assignee) &&
    addTags.every((tag) => alert.tags.includes(tag)) &&
    removeTags.every((tag) => !alert.tags.includes(tag))
  )
}

/** PATCH with full values; tags as add/remove, which commute with everybody else's. Inverse: PATCH the base values. */
export const alertUpdate: KindRules<'alert.update'> = {
  async send(operation, { server, signal, clock }) {
    await server.updateAlert(operation.alertId, operation.payload.change, signal)
    return { done: { at: clock.now(), serverId: operation.alertId, note: 'The server took the change.' } }
  },
  async probe(operation, context) {
    const alert = await mustHaveAlert(operation.alertId, context)
    if (changeHolds(alert, operation.payload.change))
      return {
        done: {
          at: context.clock.now(),
          serverId: alert.id,
          alreadyThere: true,
          note: 'The change was already there; nothing was sent again.',
        },
      }
    const conflict = conflictsWith(operation, alert, context.pending.all())
    return conflict.length > 0 ? { conflict } : { notYet: true }
  },
  refresh: (operation, context) => refreshAlert(operation.alertId, context),
}
