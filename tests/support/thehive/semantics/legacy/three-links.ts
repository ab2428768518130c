import type { Alert, Case, CaseTemplate } from '../../state/types.ts'
import { findTemplate } from '../alerts.ts'
import { audit } from '../audits.ts'
import { requirePermission, type Context } from '../context.ts'
import { union } from '../tags.ts'
import { mergeText } from './merge-text.ts'
import { detachFromCase } from './remove-alert.ts'
import { linkAlert } from './three-alerts.ts'
import { importArtifacts } from './three-artifacts.ts'
import { openCase, stampCase } from './three-cases.ts'

/** TheHive 3's ways from an alert into a case. */

/** Source: which name counts changed twice; an unknown one makes a case from scratch, in silence. */
function templateFor(context: Context, alert: Alert, wanted: string | undefined): CaseTemplate | undefined {
  const { server } = context
  const own = server.atLeast('3.4.0') || !server.atLeast('3.2.1') ? alert.caseTemplate : undefined
  const byType = server.atLeast('3.2.1') ? undefined : alert.type
  const name = wanted ?? own ?? byType
  return name === undefined ? undefined : findTemplate(context, name)
}

const caseOf = (context: Context, alert: Alert): Case | undefined =>
  alert.caseId === undefined ? undefined : context.state.find('case', alert.caseId)

/** An alert that already has a case answers that case, unchanged: nothing took hold. */
export function promoteAlert(context: Context, alert: Alert, wanted: string | undefined): Case {
  requirePermission(context, 'write')
  const existing = caseOf(context, alert)
  if (existing) return existing
  const template = templateFor(context, alert, wanted)
  const { title, description, severity, tlp, tags, date } = alert
  const draft = { title, description, severity, tlp, tags, startDate: date, tasks: [] }
  const customFields = alert.customFields.map(({ id: _, ...rest }) => rest)
  const opened = openCase(context, { ...draft, customFields }, template)
  audit(context, 'create', opened, { details: { title: opened.title } })
  importArtifacts(context, alert, opened)
  linkAlert(context, alert, opened.id)
  context.effect(`promote alert ${alert.id}`)
  return opened
}

/** An alert that already has a case answers that case, unchanged. */
export function mergeAlert(context: Context, alert: Alert, target: Case): Case {
  requirePermission(context, 'write')
  const existing = caseOf(context, alert)
  if (existing) return existing
  mergeOne(context, alert, target, true)
  return target
}

/** Source: here nobody asks whether an alert has a case; it is linked to the new one. */
export function mergeAlerts(context: Context, alerts: readonly Alert[], target: Case): void {
  requirePermission(context, 'write')
  for (const alert of alerts) {
    if (alert.caseId !== target.id) detachFromCase(context, alert)
    mergeOne(context, alert, target, context.server.atLeast('3.4.0'))
  }
}

function mergeOne(context: Context, alert: Alert, target: Case, describes: boolean): void {
  if (describes) target.description += mergeText(alert)
  if (context.server.atLeast('3.4.0')) target.tags = union(target.tags, alert.tags)
  importArtifacts(context, alert, target)
  stampCase(context, target)
  audit(context, 'update', target, { details: { description: target.description } })
  linkAlert(context, alert, target.id)
  context.effect(`merge alert ${alert.id} -> case ${target.id}`)
}
