import { createError } from '../state/errors.ts'
import { referenceKey } from '../state/space.ts'
import type { Alert, CaseTemplate } from '../state/types.ts'
import { audit } from './audits.ts'
import { keyText, requirePermission, type Context } from './context.ts'
import { applyCustomFields } from './custom-fields.ts'
import type { AlertDraft, AlertPatch } from './drafts.ts'
import { attachObservables, checkDraft, dropObservable } from './observables.ts'
import { attachProcedures, resolveTechnique } from './procedures.ts'
import { checkAlertMove, enterStage, requireAssignable, stageOf, statusForNewAlert } from './status-rules.ts'
import { patchTags, refuseInactiveTags, union } from './tags.ts'

export function findTemplate(context: Context, nameOrId: string): CaseTemplate | undefined {
  return context.state.caseTemplates.find((known) => known.name === nameOrId || known.id === nameOrId)
}

function refuseTwin(context: Context, key: { type: string; source: string; sourceRef: string }): void {
  if (!context.space.alertByReference.has(referenceKey(key))) return
  const { type, source, sourceRef } = key
  throw createError(
    `Alert ${type}:${source}:${sourceRef} already exist in organisation ${context.actor.organisation}`,
  )
}

/** All or nothing. The result carries no update stamp, even with observables: `settleNewAlert` adds it afterwards. */
export function createAlert(context: Context, draft: AlertDraft): Alert {
  requirePermission(context, 'manageAlert/create')
  refuseTwin(context, draft)
  refuseInactiveTags(context, [], draft)
  for (const observable of draft.observables) checkDraft(context, observable)
  for (const procedure of draft.procedures) resolveTechnique(context, procedure)
  if (draft.assignee !== undefined) requireAssignable(context, draft.assignee)
  const alert = buildAlert(context, draft)
  keepAlert(context, alert)
  const { type, source, sourceRef, title } = alert
  audit(context, 'create', alert, { details: { type, source, sourceRef, title } })
  context.effect(`create alert ${alert.type};${alert.source};${alert.sourceRef}`)
  attachObservables(context, alert, draft.observables)
  attachProcedures(context, alert, draft.procedures)
  return alert
}

function buildAlert(context: Context, draft: AlertDraft): Alert {
  const { state } = context
  const at = state.clock.now()
  const status = statusForNewAlert(state, draft.status)
  const stageDates = { newDate: at }
  enterStage(stageDates, stageOf(state, 'alert', status), at)
  const { type, source, sourceRef, title, description, externalLink, assignee, summary } = draft
  return {
    ...state.stamps(context.actor.user.login, at),
    kind: 'alert',
    organisation: context.actor.organisation,
    ...{ type, source, sourceRef, title, description, externalLink, assignee, summary, status, stageDates },
    severity: draft.severity ?? 2,
    tlp: draft.tlp ?? 2,
    pap: draft.pap ?? 2,
    date: draft.date ?? at,
    tags: union(draft.tags),
    follow: true,
    caseId: undefined,
    // An unknown template is dropped without a word, as TheHive 4 does [inferred for 5].
    caseTemplate:
      draft.caseTemplate === undefined ? undefined : findTemplate(context, draft.caseTemplate)?.name,
    customFields: applyCustomFields(state, [], draft.customFields),
    ...{ observables: [], comments: [], procedures: [], attachments: [] },
  }
}

export function keepAlert(context: Pick<Context, 'state' | 'space'>, alert: Alert): void {
  context.state.keep(alert)
  context.space.alerts.add(alert)
  context.space.alertByReference.set(referenceKey(alert), alert)
}

/** The late stamp of an alert created with observables: the reply to its creation does not show it yet. */
export function settleNewAlert(context: Context, alert: Alert): void {
  if (alert.observables.length === 0) return
  context.space.alerts.stamp(alert, context.actor.user.login, context.state.clock.now())
}

/** Whether `patch` may be applied; changes nothing, so that a bulk update is all or nothing. */
export function checkAlertPatch(context: Context, alert: Alert, patch: AlertPatch): void {
  requirePermission(context, 'manageAlert/update')
  if (patch.status !== undefined) checkAlertMove(context, alert, patch.status)
  if (typeof patch.assignee === 'string') requireAssignable(context, patch.assignee)
  refuseInactiveTags(context, alert.tags, patch)
  const next = { ...alert, ...dropUndefined(patch) } as Alert
  if (referenceKey(next) !== referenceKey(alert)) refuseTwin(context, next)
}

/** Applies a checked patch. There is no precondition: the last write wins. */
export function updateAlert(context: Context, alert: Alert, patch: AlertPatch): void {
  checkAlertPatch(context, alert, patch)
  const { state, space } = context
  const [by, at] = [context.actor.user.login, state.clock.now()]
  const { tags, addTags, removeTags, customFields, ...plain } = patch
  const values = applyCustomFields(state, alert.customFields, customFields)
  if (plain.status !== undefined && plain.status !== alert.status) {
    const stage = stageOf(state, 'alert', plain.status)
    enterStage(alert.stageDates, stage, at)
    const isFree = alert.assignee === undefined && plain.assignee === undefined
    // Source: from 5.2.7 on starting or closing an unassigned alert gives it to the actor.
    if (stage !== 'New' && isFree && context.server.atLeast('5.2.7')) alert.assignee = by
  }
  space.alertByReference.delete(referenceKey(alert))
  for (const [key, value] of Object.entries(dropUndefined(plain))) {
    Object.assign(alert, { [key]: value ?? undefined })
  }
  alert.tags = patchTags(alert.tags, { tags, addTags, removeTags })
  alert.customFields = values
  space.alertByReference.set(referenceKey(alert), alert)
  space.alerts.stamp(alert, by, at)
  audit(context, 'update', alert, { details: dropUndefined(patch) })
  noteUpdate(context, alert.id, patch)
}

/** One effect a field: `update ~12 status=Ignored`. */
export function noteUpdate(context: Context, id: string, patch: object): void {
  for (const [key, value] of Object.entries(dropUndefined(patch))) {
    context.effect(`update ${id} ${key}=${keyText(value)}`)
  }
}

export function dropUndefined<O extends object>(patch: O): Partial<O> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<O>
}

export function deleteAlert(context: Context, alert: Alert): void {
  requirePermission(context, 'manageAlert/delete')
  const { state, space } = context
  audit(context, 'delete', alert, { details: { title: alert.title } })
  for (const observable of alert.observables) dropObservable(context, observable)
  for (const comment of alert.comments) {
    space.comments.remove(comment)
    state.forget(comment)
  }
  for (const procedure of alert.procedures) {
    space.procedures.remove(procedure)
    state.forget(procedure)
  }
  for (const attachment of alert.attachments) state.forget(attachment)
  if (alert.caseId !== undefined) forgetLink(context, alert, alert.caseId)
  space.alerts.remove(alert)
  space.alertByReference.delete(referenceKey(alert))
  state.forget(alert)
  context.effect(`delete alert ${alert.id}`)
}

function forgetLink(context: Context, alert: Alert, caseId: string): void {
  const linked = context.state.find('case', caseId)
  if (!linked) return
  linked.alerts.splice(linked.alerts.indexOf(alert), 1)
  linked.revision++
}

export function setFollow(context: Context, alert: Alert, follow: boolean): void {
  requirePermission(context, 'manageAlert/update')
  alert.follow = follow
  context.space.alerts.stamp(alert, context.actor.user.login, context.state.clock.now())
  audit(context, 'update', alert, { details: { follow } })
  context.effect(`${follow ? 'follow' : 'unfollow'} ${alert.id}`)
}
