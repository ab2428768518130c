import { notFound } from '../../state/errors.ts'
import type { Case, CaseTemplate } from '../../state/types.ts'
import { dropUndefined, findTemplate, noteUpdate } from '../alerts.ts'
import { audit } from '../audits.ts'
import { keepCase } from '../cases.ts'
import { requirePermission, type Context } from '../context.ts'
import { applyCustomFields } from '../custom-fields.ts'
import { dropObservable } from '../observables.ts'
import { requireAssignable } from '../status-rules.ts'
import { union } from '../tags.ts'
import type { OlderCaseDraft, OlderCasePatch } from './drafts.ts'
import { overwriteFields } from './merge-text.ts'
import { addTasks, closeTasks } from './older-tasks.ts'

/** TheHive 4's rules for cases. */

export const caseStatuses = ['Open', 'Resolved', 'Duplicated'] as const

/** Builds and keeps a case with its template's gaps filled; the caller names the deed. */
export function openCase(context: Context, draft: OlderCaseDraft, template: CaseTemplate | undefined): Case {
  const { state } = context
  const at = state.clock.now()
  const { title, description, flag, summary, assignee, endDate } = draft
  const own = applyCustomFields(state, [], draft.customFields)
  const opened: Case = {
    ...state.stamps(context.actor.user.login, at),
    kind: 'case',
    organisation: context.actor.organisation,
    number: state.newCaseNumber(),
    ...{ title, description, assignee, endDate },
    severity: draft.severity ?? template?.severity ?? 2,
    tlp: draft.tlp ?? template?.tlp ?? 2,
    pap: draft.pap ?? template?.pap ?? 2,
    startDate: draft.startDate ?? at,
    tags: union(draft.tags, template?.tags ?? []),
    flag: flag ?? template?.flag ?? false,
    summary: summary ?? template?.summary,
    status: draft.status ?? 'Open',
    caseTemplate: template?.name,
    customFields: overwriteFields(template?.customFields ?? [], own, () => state.newId()),
    stageDates: { newDate: at },
    ...{ observables: [], comments: [], procedures: [], attachments: [], tasks: [], pages: [], alerts: [] },
  }
  keepCase(context, opened)
  addTasks(context, opened, template, draft.tasks)
  return opened
}

/** Source: a case made by hand puts one blank behind its template's trimmed prefix. */
export function createCase(context: Context, draft: OlderCaseDraft, templateName?: string): Case {
  requirePermission(context, 'manageCase')
  const template = templateName === undefined ? undefined : findTemplate(context, templateName)
  if (templateName !== undefined && !template) throw notFound('CaseTemplate not found')
  if (draft.assignee !== undefined) requireAssignable(context, draft.assignee)
  const prefix = template?.titlePrefix?.trim()
  const title = prefix ? `${prefix} ${draft.title}` : draft.title
  const assignee = draft.assignee ?? context.actor.user.login
  const opened = openCase(context, { ...draft, title, assignee }, template)
  context.effect(`create case ${opened.title}`)
  audit(context, 'create', opened, { details: { title: opened.title } })
  return opened
}

/** Whether `patch` may be applied; changes nothing. */
export function checkCasePatch(context: Context, patch: OlderCasePatch): void {
  requirePermission(context, 'manageCase')
  if (typeof patch.assignee === 'string') requireAssignable(context, patch.assignee)
}

/** Closing dates the case and ends its tasks; reopening leaves the end date [inferred]. */
export function updateCase(context: Context, target: Case, patch: OlderCasePatch): void {
  checkCasePatch(context, patch)
  const given = dropUndefined(patch)
  if (Object.keys(given).length === 0) return
  const at = context.state.clock.now()
  const { customFields, tags, ...plain } = given
  const values = applyCustomFields(context.state, target.customFields, customFields)
  const closes = plain.status !== undefined && plain.status !== 'Open' && target.status === 'Open'
  for (const [key, value] of Object.entries(plain)) Object.assign(target, { [key]: value ?? undefined })
  if (closes && plain.endDate === undefined) target.endDate = at
  if (closes) closeTasks(context, target)
  if (tags) target.tags = union(tags)
  target.customFields = values
  context.space.cases.stamp(target, context.actor.user.login, at)
  noteUpdate(context, target.id, patch)
  audit(context, 'update', target, { details: given })
}

/** Source: its alerts lose the link without a stamp and without an audit of their own. */
export function deleteCase(context: Context, target: Case): void {
  requirePermission(context, 'manageCase')
  const { state, space } = context
  for (const alert of target.alerts) {
    alert.caseId = undefined
    alert.revision++
  }
  for (const observable of target.observables) dropObservable(context, observable)
  for (const procedure of target.procedures) space.procedures.remove(procedure)
  for (const child of [...target.procedures, ...target.tasks]) state.forget(child)
  space.cases.remove(target)
  state.caseByNumber.delete(target.number)
  state.forget(target)
  context.effect(`delete case ${target.id}`)
  audit(context, 'delete', target, { details: { title: target.title } })
}
