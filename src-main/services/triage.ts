import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert, AlertChange } from '#shared/model/alert.ts'
import type { Decided } from '#shared/contract/alert-calls.ts'
import type { PayloadOf } from '#shared/model/operation.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { enqueue, makeOperation, seenAlert } from './queue-operations.ts'

/** One change over many alerts: one operation each, one group for undo. */
export async function updateAlerts(
  { ids, change }: { ids: readonly string[]; change: AlertChange },
  context: ServiceContext,
): Promise<Decided> {
  mustBeAble('updateAlert', context)
  if (change.assignee !== undefined) mustBeAble('assignee', context)
  const groupId = context.newId()
  const operations = []
  for (const id of new Set(ids)) {
    const alert = await seenAlert(id, context)
    const effect = effectOf(change, alert, context)
    const draft = { kind: 'alert.update', payload: { change, effect } } as const
    operations.push(makeOperation(draft, { alert, alertId: alert.id, groupId }, context))
  }
  enqueue(operations, context)
  return { groupId, count: operations.length }
}

/** What the server will do beside the change (api.md §2.7): its stage, and assigning whoever starts or closes. */
function effectOf(
  change: AlertChange,
  alert: Alert,
  context: ServiceContext,
): PayloadOf<'alert.update'>['effect'] {
  if (change.status === undefined) return {}
  const status = context.catalog().alertStatuses.find((one) => one.value === change.status)
  if (status === undefined)
    throw new ForagerError('rejected', `The server has no status called ${change.status}.`, {
      did: 'Nothing was queued.',
      next: 'Pick one of the listed statuses.',
    })
  mayMove(alert, status.stage, context)
  const assigns =
    (status.stage === 'InProgress' || status.stage === 'Closed') &&
    alert.assignee === undefined &&
    change.assignee === undefined &&
    context.session().capabilities.assignee
  return { stage: status.stage, ...(assigns && { assignee: context.session().login }) }
}

/** The server's stage rules, obeyed before queueing. */
function mayMove(alert: Alert, to: Alert['stage'], context: ServiceContext): void {
  if (to === 'Imported' || alert.stage === 'Imported')
    throw new ForagerError(
      'rejected',
      'Imported is reached by promoting or merging, and left by unlinking from the case.',
      {
        did: 'Nothing was queued.',
      },
    )
  const reopens =
    (alert.stage === 'Closed' && to !== 'Closed') || (alert.stage === 'InProgress' && to === 'New')
  if (reopens) mustBeAble('reopenAlert', context)
}
