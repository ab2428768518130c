import { badRequest, forbidden, notFound } from '../../state/errors.ts'
import type { Alert, Case, CaseTemplate } from '../../state/types.ts'
import { findTemplate } from '../alerts.ts'
import { audit } from '../audits.ts'
import { requirePermission, type Context } from '../context.ts'
import { copyObservables } from '../observables.ts'
import { union } from '../tags.ts'
import { openCase } from './four-cases.ts'
import { mergeText, overwriteFields } from './merge-text.ts'

/** TheHive 4's ways from an alert into a case. */

/** Source: an unknown template of the request reads as a missing right, one of the alert as missing. */
function templateFor(context: Context, alert: Alert, wanted: string | undefined): CaseTemplate | undefined {
  if (wanted !== undefined) {
    const found = findTemplate(context, wanted)
    if (!found) throw forbidden('Unauthorized action')
    return found
  }
  if (alert.caseTemplate === undefined) return undefined
  const found = findTemplate(context, alert.caseTemplate)
  if (!found) throw notFound('CaseTemplate not found')
  return found
}

/** An alert that already has a case answers that case, unchanged: nothing took hold. */
export function promoteAlert(context: Context, alert: Alert, wanted: string | undefined): Case {
  requirePermission(context, 'manageAlert')
  const existing = alert.caseId === undefined ? undefined : context.state.find('case', alert.caseId)
  if (existing) return existing
  const template = templateFor(context, alert, wanted)
  const { user, permissions } = context.actor
  const { title, description, severity, tlp, pap, tags } = alert
  const draft = {
    ...{ description, severity, tlp, pap, tags, tasks: [], flag: false },
    // Source: here, unlike in a case made by hand, no blank is put behind the prefix.
    title: `${template?.titlePrefix ?? ''}${title}`,
    assignee: permissions.has('manageCase') ? user.login : undefined,
  }
  const opened = openCase(context, draft, template)
  opened.summary = undefined
  opened.customFields = overwriteFields(opened.customFields, alert.customFields, () => context.state.newId())
  copyObservables(context, alert, opened)
  audit(context, 'create', opened, { details: { title: opened.title } })
  markImported(context, alert, opened)
  context.effect(`promote alert ${alert.id}`)
  return opened
}

/** In order, all or none. */
export function mergeAlerts(context: Context, alerts: readonly Alert[], target: Case): void {
  requirePermission(context, 'manageAlert')
  requirePermission(context, 'manageCase')
  const twice = new Set(alerts).size < alerts.length
  if (twice || alerts.some(({ caseId }) => caseId !== undefined)) {
    throw badRequest('Alert is already imported')
  }
  for (const alert of alerts) {
    target.description += mergeText(alert)
    target.tags = union(target.tags, alert.tags)
    target.customFields = overwriteFields(target.customFields, alert.customFields, () =>
      context.state.newId(),
    )
    copyObservables(context, alert, target)
    context.space.cases.stamp(target, context.actor.user.login, context.state.clock.now())
    audit(context, 'update', target, { details: { description: target.description } })
    markImported(context, alert, target)
    context.effect(`merge alert ${alert.id} -> case ${target.id}`)
  }
}

function markImported(context: Context, alert: Alert, target: Case): void {
  const at = context.state.clock.now()
  alert.caseId = target.id
  alert.read = true
  alert.stageDates.importedDate ??= at
  target.alerts.push(alert)
  target.revision++
  context.space.alerts.stamp(alert, context.actor.user.login, at)
  audit(context, 'update', alert, { details: { read: true } })
}
