import { HiveError } from '../../state/errors.ts'
import type { Alert } from '../../state/types.ts'
import { dropUndefined, keepAlert, noteUpdate } from '../alerts.ts'
import { audit } from '../audits.ts'
import { requirePermission, type Context } from '../context.ts'
import type { AlertDraftOfThree, AlertPatchOfThree } from './drafts.ts'
import { removeAlert } from './remove-alert.ts'
import { distinct, importArtifacts, replaceArtifacts } from './three-artifacts.ts'
import { reopen } from './three-cases.ts'
import { changeFields, toValues } from './three-fields.ts'

/** TheHive 3's rules for alerts. */

export const alertStatuses = ['New', 'Updated', 'Ignored', 'Imported'] as const

export function createAlert(context: Context, draft: AlertDraftOfThree): Alert {
  requirePermission(context, 'alert')
  const alert = build(context, draft)
  if (context.state.find('alert', alert.id)) throw conflict(context, alert.id)
  keepAlert(context, alert)
  const { type, source, sourceRef, title } = alert
  context.effect(`create alert ${type};${source};${sourceRef}`)
  audit(context, 'create', alert, { details: { type, source, sourceRef, title } })
  replaceArtifacts(context, alert, distinct(draft.artifacts))
  return alert
}

function conflict({ server }: Context, id: string): HiveError {
  const mark = server.atLeast('3.5.0') ? '' : '[doc]'
  const message = `${mark}[${id}]: version conflict, document already exists (current version [1])`
  return new HiveError(400, 'ConflictError', message, { object: {} })
}

function build(context: Context, draft: AlertDraftOfThree): Alert {
  const { state, actor } = context
  const at = state.clock.now()
  const stamps = state.alertStamps(draft, actor.user.login, at)
  const { type, source, sourceRef, title, description, caseTemplate } = draft
  return {
    ...stamps,
    id: draft.id ?? stamps.id,
    kind: 'alert',
    organisation: actor.organisation,
    ...{ type, source, sourceRef, title, description, caseTemplate },
    severity: draft.severity ?? 2,
    tlp: draft.tlp ?? 2,
    pap: 2,
    date: draft.date ?? at,
    lastSyncDate: at,
    tags: [...draft.tags],
    ...{ follow: true, status: 'New', stageDates: { newDate: at } },
    customFields: toValues(draft.customFields),
    ...{ observables: [], comments: [], procedures: [], attachments: [] },
  }
}

/** What is stored as it is asked, without the rule of `updateAlert`: a bulk update. */
export function storeAlert(context: Context, alert: Alert, patch: AlertPatchOfThree): void {
  requirePermission(context, 'write')
  const { customFields, artifacts, ...plain } = patch
  for (const [key, value] of Object.entries(dropUndefined(plain))) {
    Object.assign(alert, { [key]: value ?? undefined })
  }
  alert.customFields = changeFields(alert.customFields, customFields)
  if (artifacts) replaceArtifacts(context, alert, artifacts)
  stamp(context, alert)
  const fields = customFields.length > 0 ? { customFields } : {}
  const list = artifacts && { artifacts: artifacts.map(({ fields: each }) => each) }
  const story = { ...plain, ...fields, ...list }
  noteUpdate(context, alert.id, story)
  audit(context, 'update', alert, { details: dropUndefined({ ...plain, ...fields }) })
}

/**
 * Source: from 3.2.2 on the status is never the caller's. A followed alert that is not new becomes `Updated`, and its
 * case gets its artifacts and is open again.
 */
export function updateAlert(context: Context, alert: Alert, patch: AlertPatchOfThree): void {
  if (!context.server.atLeast('3.2.2')) return storeAlert(context, alert, patch)
  const follow = patch.follow ?? alert.follow
  const status = follow && alert.status !== 'New' ? 'Updated' : alert.status
  storeAlert(context, alert, { ...patch, status: undefined })
  alert.status = status
  const linked = alert.caseId === undefined ? undefined : context.state.find('case', alert.caseId)
  if (!follow || !linked) return
  importArtifacts(context, alert, linked)
  reopen(context, linked)
}

export function setRead(context: Context, alert: Alert, read: boolean): void {
  requirePermission(context, 'write')
  const hasCase = alert.caseId !== undefined
  setStatus(context, alert, read ? (hasCase ? 'Imported' : 'Ignored') : hasCase ? 'Updated' : 'New')
  context.effect(`${read ? 'read' : 'unread'} ${alert.id}`)
}

function setStatus(context: Context, alert: Alert, status: string): void {
  alert.status = status
  stamp(context, alert)
  audit(context, 'update', alert, { details: { status } })
}

export function setFollow(context: Context, alert: Alert, follow: boolean): void {
  requirePermission(context, 'write')
  alert.follow = follow
  stamp(context, alert)
  context.effect(`${follow ? 'follow' : 'unfollow'} ${alert.id}`)
  audit(context, 'update', alert, { details: { follow } })
}

/** Source: without force nothing is deleted: the alert is unread again (before 3.4.0: ignored). */
export function deleteAlert(context: Context, alert: Alert, force: boolean): void {
  requirePermission(context, 'write')
  if (force && context.server.atLeast('3.4.0')) return removeAlert(context, alert)
  if (context.server.atLeast('3.4.0')) return setRead(context, alert, false)
  setStatus(context, alert, 'Ignored')
  context.effect(`update ${alert.id} status=Ignored`)
}

export function stamp(context: Context, alert: Alert): void {
  context.space.alerts.stamp(alert, context.actor.user.login, context.state.clock.now())
}

export function linkAlert(context: Context, alert: Alert, caseId: string): void {
  const at = context.state.clock.now()
  alert.caseId = caseId
  alert.status = 'Imported'
  alert.stageDates.importedDate ??= at
  const target = context.state.find('case', caseId)
  if (target && !target.alerts.includes(alert)) target.alerts.push(alert)
  stamp(context, alert)
  audit(context, 'update', alert, { details: { status: 'Imported', case: caseId } })
}
