import { createError } from '../../state/errors.ts'
import { referenceKey } from '../../state/space.ts'
import type { Alert } from '../../state/types.ts'
import { dropUndefined, findTemplate, keepAlert, noteUpdate } from '../alerts.ts'
import { audit } from '../audits.ts'
import { requirePermission, type Context } from '../context.ts'
import { applyCustomFields } from '../custom-fields.ts'
import { attachObservables, checkDraft } from '../observables.ts'
import { union } from '../tags.ts'
import type { OlderAlertDraft, OlderAlertPatch } from './drafts.ts'
import { removeAlert } from './remove-alert.ts'

/** TheHive 4's rules for alerts, whichever of its APIs asks. */

type Reference = Pick<Alert, 'type' | 'source' | 'sourceRef'>

function refuseTwin(context: Context, reference: Reference, self?: Alert): void {
  const twin = context.space.alertByReference.get(referenceKey(reference))
  if (!twin || twin === self) return
  const { type, source, sourceRef } = reference
  throw createError(
    `Alert ${type}:${source}:${sourceRef} already exist in organisation ${context.actor.organisation}`,
  )
}

/** All or nothing, but for observables given twice, which are swallowed. */
export function createAlert(context: Context, draft: OlderAlertDraft): Alert {
  requirePermission(context, 'manageAlert')
  refuseTwin(context, draft)
  for (const observable of draft.observables) checkDraft(context, observable)
  const alert = build(context, draft)
  keepAlert(context, alert)
  const { type, source, sourceRef, title } = alert
  context.effect(`create alert ${type};${source};${sourceRef}`)
  audit(context, 'create', alert, { details: { type, source, sourceRef, title } })
  attachObservables(context, alert, draft.observables)
  return alert
}

function build(context: Context, draft: OlderAlertDraft): Alert {
  const { state, actor } = context
  const at = state.clock.now()
  const { type, source, sourceRef, title, description, externalLink, flag } = draft
  return {
    ...state.alertStamps(draft, actor.user.login, at),
    kind: 'alert',
    organisation: actor.organisation,
    ...{ type, source, sourceRef, title, description, externalLink, flag },
    severity: draft.severity ?? 2,
    tlp: draft.tlp ?? 2,
    pap: draft.pap ?? 2,
    date: draft.date ?? at,
    lastSyncDate: at,
    tags: union(draft.tags),
    ...{ follow: true, read: false, status: 'New', stageDates: { newDate: at } },
    // Source: an unknown template is dropped without a word.
    caseTemplate:
      draft.caseTemplate === undefined ? undefined : findTemplate(context, draft.caseTemplate)?.name,
    customFields: applyCustomFields(state, [], draft.customFields),
    ...{ observables: [], comments: [], procedures: [], attachments: [] },
  }
}

/** The last write wins; nothing happens to the linked case. A patch without a known key changes nothing at all. */
export function updateAlert(context: Context, alert: Alert, patch: OlderAlertPatch): void {
  requirePermission(context, 'manageAlert')
  const given = dropUndefined(patch)
  if (Object.keys(given).length === 0) return
  refuseTwin(context, { ...alert, ...given } as Alert, alert)
  const { customFields, tags, ...plain } = given
  const values = applyCustomFields(context.state, alert.customFields, customFields)
  context.space.alertByReference.delete(referenceKey(alert))
  for (const [key, value] of Object.entries(plain)) Object.assign(alert, { [key]: value ?? undefined })
  if (tags) alert.tags = union(tags)
  alert.customFields = values
  context.space.alertByReference.set(referenceKey(alert), alert)
  stamp(context, alert)
  noteUpdate(context, alert.id, patch)
  audit(context, 'update', alert, { details: given })
}

export function setRead(context: Context, alert: Alert, read: boolean): void {
  requirePermission(context, 'manageAlert')
  alert.read = read
  stamp(context, alert)
  context.effect(`${read ? 'read' : 'unread'} ${alert.id}`)
  audit(context, 'update', alert, { details: { read } })
}

export function setFollow(context: Context, alert: Alert, follow: boolean): void {
  requirePermission(context, 'manageAlert')
  alert.follow = follow
  stamp(context, alert)
  context.effect(`${follow ? 'follow' : 'unfollow'} ${alert.id}`)
  audit(context, 'update', alert, { details: { follow } })
}

export function deleteAlert(context: Context, alert: Alert): void {
  requirePermission(context, 'manageAlert')
  removeAlert(context, alert)
}

function stamp(context: Context, alert: Alert): void {
  context.space.alerts.stamp(alert, context.actor.user.login, context.state.clock.now())
}

/** The status TheHive 4 shows: it is not stored. */
export function statusOf(alert: Alert): 'New' | 'Ignored' | 'Imported' | 'Updated' {
  if (alert.caseId === undefined) return alert.read ? 'Ignored' : 'New'
  return alert.read ? 'Imported' : 'Updated'
}
