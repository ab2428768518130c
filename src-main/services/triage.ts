import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert, AlertChange } from '#shared/model/alert.ts'
import type { Decided } from '#shared/contract/alert-calls.ts'
import type { PayloadOf } from '#shared/model/operation.ts'
import type { SeenById, SeenValues } from '#shared/model/seen-values.ts'
import type { Ability } from '#shared/model/session.ts'
import { isAssigning } from '../domain/assigning-stage.ts'
import type { DecisionContext } from './context.ts'
import { isAble, mustBeAble, mustFitLink, mustKnowTlp } from './permissions.ts'
import { decideOnAlerts } from './queue-operations.ts'
import { knownStatus, mustHaveMandatory } from './stage-rules.ts'

type Ids = { ids: readonly string[] }

/** Fields that some servers do not have, or do not let us change. */
const abilityOf: { [K in keyof AlertChange]?: Ability } = {
  assignee: 'assignee',
  summary: 'summary',
  pap: 'alertPap',
  externalLink: 'externalLink',
  customFields: 'alertCustomFields',
  status: 'status',
}

/** One change over many alerts: one operation each, one group for undo. */
export async function updateAlerts(
  { ids, change, before }: Ids & { change: AlertChange; before?: SeenById | undefined },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAbleToChange(change, context)
  return decideOnAlerts(
    ids,
    (alert, began) => ({
      kind: 'alert.update',
      payload: { change, effect: effectOf(change, alert, context, began) },
    }),
    context,
    before,
  )
}

export function mustBeAbleToChange(change: AlertChange, context: DecisionContext): void {
  mustBeAble('updateAlert', context)
  for (const [field, ability] of Object.entries(abilityOf))
    if (change[field as keyof AlertChange] !== undefined) mustBeAble(ability, context)
  mustKnowTlp(change.tlp, context)
  mustFitLink(change.externalLink, context)
}

/** What the server will do beside the change (api.md §2.7): its stage, and assigning whoever starts or closes. */
export function effectOf(
  change: AlertChange,
  alert: Alert,
  context: DecisionContext,
  before?: SeenValues,
): PayloadOf<'alert.update'>['effect'] {
  if (change.status === undefined) return {}
  const { stage } = knownStatus(change.status, context.catalog().alertStatuses)
  mayMove(alert, stage, context)
  if (stage === 'Closed') mustHaveMandatory(alert, { change, before }, context)
  const assigns =
    isAssigning(stage) &&
    alert.assignee === undefined &&
    change.assignee === undefined &&
    isAble('assignee', context)
  return { stage, ...(assigns && { assignee: context.session().login }) }
}

/** The server's stage rules, obeyed before queueing. */
function mayMove(alert: Alert, to: Alert['stage'], context: DecisionContext): void {
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

/** The read mark of TheHive 3 and 4. */
export async function readAlerts(
  { ids, read }: Ids & { read: boolean },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('markRead', context)
  return decideOnAlerts(
    ids,
    (alert) => ({ kind: 'alert.read', payload: { read, ...readEffect(alert, read, context) } }),
    context,
  )
}

/** Where a server has no statuses of its own, read mark and case make the status (api.md §2.5). */
function readEffect(
  alert: Alert,
  read: boolean,
  context: DecisionContext,
): Pick<PayloadOf<'alert.read'>, 'effect'> {
  if (isAble('status', context)) return {}
  const inCase = alert.caseId !== undefined
  const status = read ? (inCase ? 'Imported' : 'Ignored') : inCase ? 'Updated' : 'New'
  const stage = read ? (inCase ? 'Imported' : 'Closed') : 'New'
  const known = context.catalog().alertStatuses.find((one) => one.value === status)
  return { effect: { status, stage: known?.stage ?? stage } }
}

export async function followAlerts(
  { ids, follow }: Ids & { follow: boolean },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('followAlert', context)
  return decideOnAlerts(ids, () => ({ kind: 'alert.follow', payload: { follow } }), context)
}

/** They show as going until the server has done it; undo brings them back. */
export async function deleteAlerts({ ids }: Ids, context: DecisionContext): Promise<Decided> {
  mustBeAble('deleteAlert', context)
  return decideOnAlerts(ids, () => ({ kind: 'alert.delete', payload: {} }), context)
}
