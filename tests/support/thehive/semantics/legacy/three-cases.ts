import type { Alert, Case, CaseTemplate } from '../../state/types.ts'
import { dropUndefined, findTemplate, noteUpdate } from '../alerts.ts'
import { audit } from '../audits.ts'
import { keepCase } from '../cases.ts'
import { requirePermission, type Context } from '../context.ts'
import { dropObservable } from '../observables.ts'
import { union } from '../tags.ts'
import type { CaseDraftOfThree, CasePatchOfThree } from './drafts.ts'
import { addTasks, closeTasks } from './older-tasks.ts'
import { changeFields, fillFields, toValues } from './three-fields.ts'

/** TheHive 3's rules for cases. */

export const caseStatuses = ['Open', 'Resolved', 'Deleted'] as const
export const resolutions = ['Indeterminate', 'FalsePositive', 'TruePositive', 'Other', 'Duplicated'] as const
export const impacts = ['NoImpact', 'WithImpact', 'NotApplicable'] as const

/** Source: a template without prefix still puts a blank before the title. */
export const titleWith = (template: CaseTemplate | undefined, title: string) =>
  template ? `${template.titlePrefix ?? ''} ${title}` : title

/** Builds and keeps a case with its template's gaps filled; the caller names the deed. */
export function openCase(
  context: Context,
  draft: CaseDraftOfThree,
  template: CaseTemplate | undefined,
): Case {
  const { state } = context
  const at = state.clock.now()
  const { title, description, endDate } = draft
  const opened: Case = {
    ...state.stamps(context.actor.user.login, at),
    kind: 'case',
    organisation: context.actor.organisation,
    number: state.newCaseNumber(),
    ...{ description, endDate, title: titleWith(template, title) },
    severity: draft.severity ?? template?.severity ?? 2,
    tlp: draft.tlp ?? template?.tlp ?? 2,
    pap: draft.pap ?? template?.pap ?? 2,
    startDate: draft.startDate ?? at,
    tags: union(draft.tags, template?.tags ?? []),
    flag: draft.flag ?? template?.flag ?? false,
    summary: draft.summary ?? template?.summary,
    status: draft.status ?? 'Open',
    assignee: (draft.assignee ?? context.actor.user.login).toLowerCase(),
    caseTemplate: template?.name,
    customFields: fillFields(toValues(draft.customFields), template?.customFields ?? []),
    stageDates: { newDate: at },
    ...{ observables: [], comments: [], procedures: [], attachments: [], tasks: [], pages: [], alerts: [] },
  }
  keepCase(context, opened)
  addTasks(context, opened, template, draft.tasks)
  return opened
}

export function createCase(context: Context, draft: CaseDraftOfThree, templateName?: string): Case {
  requirePermission(context, 'write')
  const template = templateName === undefined ? undefined : findTemplate(context, templateName)
  const opened = openCase(context, draft, template)
  context.effect(`create case ${opened.title}`)
  audit(context, 'create', opened, { details: { title: opened.title } })
  return opened
}

/** Source: closing dates the case, takes its flag and ends its tasks; reopening takes the end date away. */
export function updateCase(context: Context, target: Case, patch: CasePatchOfThree): void {
  requirePermission(context, 'write')
  const { customFields, ...plain } = patch
  const given = dropUndefined(plain)
  const [closes, opens] = [
    given.status === 'Resolved' && target.status !== 'Resolved',
    given.status === 'Open' && target.status !== 'Open',
  ]
  for (const [key, value] of Object.entries(given)) Object.assign(target, { [key]: value ?? undefined })
  target.customFields = changeFields(target.customFields, customFields)
  if (closes && given.endDate === undefined) {
    Object.assign(target, { endDate: context.state.clock.now(), flag: false })
  }
  if (closes) closeTasks(context, target)
  if (opens) target.endDate = undefined
  stampCase(context, target)
  const story = { ...given, ...(customFields.length > 0 ? { customFields } : {}) }
  noteUpdate(context, target.id, story)
  audit(context, 'update', target, { details: story })
}

export function stampCase(context: Context, target: Case): void {
  context.space.cases.stamp(target, context.actor.user.login, context.state.clock.now())
}

/** What a followed alert's change does to its case. */
export function reopen(context: Context, target: Case): void {
  if (target.status !== 'Open') target.endDate = undefined
  target.status = 'Open'
  stampCase(context, target)
  audit(context, 'update', target, { details: { status: 'Open' } })
}

/** Source: without force it stays, marked as deleted, and its alerts stay with it. */
export function deleteCase(context: Context, target: Case, force: boolean): void {
  requirePermission(context, 'admin')
  context.effect(`delete case ${target.id}`)
  audit(context, 'delete', target, { details: { title: target.title } })
  if (!force) {
    target.status = 'Deleted'
    return stampCase(context, target)
  }
  const { state, space } = context
  for (const alert of [...target.alerts]) release(context, alert)
  for (const observable of target.observables) dropObservable(context, observable)
  for (const task of target.tasks) state.forget(task)
  space.cases.remove(target)
  state.caseByNumber.delete(target.number)
  state.forget(target)
}

function release(context: Context, alert: Alert): void {
  alert.caseId = undefined
  alert.status = alert.status === 'New' || alert.status === 'Updated' ? 'New' : 'Ignored'
  context.space.alerts.stamp(alert, context.actor.user.login, context.state.clock.now())
  audit(context, 'update', alert, { details: { status: alert.status } })
}
