import { badRequest, notFound } from '../state/errors.ts'
import type { Alert, Case } from '../state/types.ts'
import { copyAttachments } from './attachments.ts'
import { audit } from './audits.ts'
import { openCase, releaseAlert, requireTemplate } from './cases.ts'
import { requirePermission, type Context } from './context.ts'
import { mergeCustomFields } from './custom-fields.ts'
import type { CaseInput } from './drafts.ts'
import { copyObservables } from './observables.ts'
import { copyProcedures } from './procedures.ts'
import { checkShares, share } from './shares.ts'
import { enterStage, firstStatusOf } from './status-rules.ts'
import { union } from './tags.ts'

/** Alerts one merge may take, since 5.5.6. */
const mergeLimit = 50

function markImported(context: Context, alert: Alert, target: Case): void {
  const { state, space } = context
  const at = state.clock.now()
  alert.caseId = target.id
  target.alerts.push(alert)
  target.revision++
  alert.status = firstStatusOf(state, 'alert', 'Imported')
  enterStage(alert.stageDates, 'Imported', at)
  space.alerts.stamp(alert, context.actor.user.login, at)
}

/**
 * Makes a case of the alert; each field of `overrides` wins over the alert's. An alert that already has a case answers
 * that case, unchanged [inferred from TheHive 4].
 */
export function promoteAlert(context: Context, alert: Alert, overrides: CaseInput): Case {
  requirePermission(context, 'manageAlert/import')
  const existing = alert.caseId === undefined ? undefined : context.state.find('case', alert.caseId)
  if (existing) {
    context.effect(`promote alert ${alert.id}`)
    return existing
  }
  requirePermission(context, 'manageCase/create')
  const template = requireTemplate(context, overrides.caseTemplate ?? alert.caseTemplate)
  checkShares(context, overrides)
  const { title, description, severity, tlp, pap } = alert
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
  const input = { title, description, severity, tlp, pap, tasks: [], ...given }
  const opened = openCase(context, { ...input, tags: overrides.tags ?? [] }, template)
  // From 5.7.1 listed tags stand alone; the alert's own count only where the request lists none.
  if (!overrides.tags) opened.tags = union(alert.tags, opened.tags, template?.tags ?? [])
  opened.customFields = mergeCustomFields(
    context.state,
    opened.customFields,
    alert.customFields.filter(
      ({ name }) => !overrides.customFields?.entries.some((entry) => entry.name === name),
    ),
  )
  bringAlong(context, alert, opened)
  copyAttachments(context, alert, opened)
  share(context, opened, overrides)
  markImported(context, alert, opened)
  audit(context, 'create', opened, { details: { title: opened.title } })
  auditImport(context, alert)
  context.effect(`promote alert ${alert.id}`)
  return opened
}

function auditImport(context: Context, alert: Alert): void {
  audit(context, 'update', alert, { details: { status: alert.status, caseId: alert.caseId } })
}

function bringAlong(context: Context, alert: Alert, target: Case): void {
  copyObservables(context, alert, target)
  copyProcedures(context, alert, target)
}

function refuseImported(alert: Alert): void {
  if (alert.caseId !== undefined) throw badRequest('Alert is already imported')
}

/** Merges in order, all or none. */
export function mergeAlerts(context: Context, alerts: readonly Alert[], target: Case): void {
  requirePermission(context, 'manageAlert/import')
  if (alerts.length > mergeLimit && context.server.atLeast('5.5.6'))
    throw badRequest(`At most ${mergeLimit} alerts can be merged at once`)
  for (const alert of alerts) refuseImported(alert)
  for (const alert of alerts) mergeOne(context, alert, target)
}

function mergeOne(context: Context, alert: Alert, target: Case): void {
  const text = alert.description.trim()
  // From 5.2.10 on a description the case already shows is not repeated [inferred].
  const isKnown = target.description.includes(text) && context.server.atLeast('5.2.10')
  const addition = isKnown ? '' : `\n\n${text}`
  target.description += `\n  \n#### Merged with alert #${alert.sourceRef} ${alert.title}${addition}`
  target.tags = union(target.tags, alert.tags)
  target.customFields = mergeCustomFields(context.state, target.customFields, alert.customFields)
  bringAlong(context, alert, target)
  copyAttachments(context, alert, target)
  context.space.cases.stamp(target, context.actor.user.login, context.state.clock.now())
  markImported(context, alert, target)
  audit(context, 'merge', alert, { root: target, details: { caseId: target.id } })
  context.effect(`merge alert ${alert.id} -> case ${target.id}`)
}

/** Takes the observables and procedures only, and links. */
export function importAlert(context: Context, alert: Alert, target: Case): void {
  requirePermission(context, 'manageAlert/import')
  refuseImported(alert)
  bringAlong(context, alert, target)
  context.space.cases.stamp(target, context.actor.user.login, context.state.clock.now())
  markImported(context, alert, target)
  auditImport(context, alert)
  context.effect(`import alert ${alert.id} -> case ${target.id}`)
}

/** What was copied stays in the case. */
export function unlinkAlert(context: Context, alert: Alert, target: Case): void {
  requirePermission(context, 'manageCase/update')
  if (alert.caseId !== target.id) throw notFound(`Alert ${alert.id} is not linked to case ${target.id}`)
  releaseAlert(context, alert, target)
  audit(context, 'update', alert, { details: { status: alert.status, caseId: null } })
  context.effect(`unlink alert ${alert.id} from case ${target.id}`)
}
