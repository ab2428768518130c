import { badRequest } from '../state/errors.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { Alert, Case, Stage, StageDates, StatusDefinition } from '../state/types.ts'
import { requirePermission, type Context } from './context.ts'
import { requireMandatoryValues } from './custom-fields.ts'

type Kind = 'alert' | 'case'

const definitions = (state: HiveState, kind: Kind): StatusDefinition[] =>
  kind === 'alert' ? state.alertStatuses : state.caseStatuses

export function stageOf(state: HiveState, kind: Kind, status: string): Stage {
  return definitions(state, kind).find((known) => known.value === status)?.stage ?? 'New'
}

/** The status an entity gets when a rule, not a person, puts it in this stage. */
export function firstStatusOf(state: HiveState, kind: Kind, stage: Stage): string {
  return definitions(state, kind).find((known) => known.stage === stage)?.value ?? stage
}

/** Names are case-exact. */
export function knownStatus(state: HiveState, kind: Kind, value: string): StatusDefinition {
  const found = definitions(state, kind).find((known) => known.value === value)
  if (!found) throw badRequest(`Status ${value} does not exist`)
  return found
}

/** A new alert may be born in any stage but Imported. */
export function statusForNewAlert(state: HiveState, wanted: string | undefined): string {
  if (wanted === undefined) return firstStatusOf(state, 'alert', 'New')
  const status = knownStatus(state, 'alert', wanted)
  if (status.stage === 'Imported') throw badRequest(`Status ${wanted} can only be set by an import`)
  return status.value
}

/**
 * Whether a person may move the alert to `wanted`; changes nothing.
 * Source: the 5.x guide's status pages; that an imported alert cannot be moved by hand is inferred.
 */
export function checkAlertMove(context: Context, alert: Alert, wanted: string): void {
  const { state } = context
  const to = knownStatus(state, 'alert', wanted).stage
  if (wanted === alert.status) return
  const from = stageOf(state, 'alert', alert.status)
  if (to === 'Imported') throw badRequest(`Status ${wanted} can only be set by an import`)
  if (from === 'Imported') throw badRequest('Alert is imported: its status cannot be changed')
  // Source: a permission of its own since 5.2.6.
  if (isReopening(from, to) && context.server.atLeast('5.2.6')) {
    requirePermission(context, 'manageAlert/reopen')
  }
  if (to === 'Closed') requireMandatoryValues(state, alert.customFields)
}

export function checkCaseMove(context: Context, target: Case, wanted: string): void {
  const { state } = context
  const to = knownStatus(state, 'case', wanted).stage
  const from = stageOf(state, 'case', target.status)
  if (from === 'Closed' && to !== 'Closed') requirePermission(context, 'manageCase/reopen')
  if (to !== 'Closed' || from === 'Closed') return
  requireMandatoryValues(state, target.customFields)
  const open = target.tasks.find((task) => task.mandatory && task.status !== 'Completed')
  if (open) throw badRequest(`Task ${open.title} is mandatory and not completed`)
}

function isReopening(from: Stage, to: Stage): boolean {
  if (from === 'Closed') return to === 'New' || to === 'InProgress'
  return from === 'InProgress' && to === 'New'
}

/** Notes the first entry into the stage. */
export function enterStage(dates: StageDates, stage: Stage, at: number): void {
  if (stage === 'InProgress') dates.inProgressDate ??= at
  if (stage === 'Closed') dates.closedDate ??= at
  if (stage === 'Imported') dates.importedDate ??= at
}

/** A login that exists in the actor's organisation and is not locked. */
export function requireAssignable(context: Context, login: string): void {
  const user = context.state.users.find((known) => known.login === login)
  const joined = user?.memberships.some(
    (membership) => membership.organisation === context.actor.organisation,
  )
  if (!joined || user?.locked) throw badRequest(`User ${login} cannot be assigned`)
}
