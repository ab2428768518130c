import { notFound } from '../state/errors.ts'
import type { Alert, Case, CaseTemplate, StageDates } from '../state/types.ts'
import { audit } from './audits.ts'
import { dropUndefined, findTemplate, noteUpdate } from './alerts.ts'
import { requirePermission, type Context } from './context.ts'
import { applyCustomFields, mergeCustomFields } from './custom-fields.ts'
import type { CaseInput, CasePatch } from './drafts.ts'
import { dropObservable } from './observables.ts'
import { addPage } from './pages.ts'
import {
  checkCaseMove,
  enterStage,
  firstStatusOf,
  knownStatus,
  requireAssignable,
  stageOf,
} from './status-rules.ts'
import { patchTags, refuseInactiveTags, union } from './tags.ts'
import { buildTask, closeTask } from './tasks.ts'

/** The template by name or id; 404 when there is none. */
export function requireTemplate(context: Context, nameOrId: string | undefined): CaseTemplate | undefined {
  if (nameOrId === undefined) return undefined
  const template = findTemplate(context, nameOrId)
  if (!template) throw notFound(`CaseTemplate ${nameOrId} not found`)
  return template
}

/** Builds and keeps a case from `input` and its template; records no effect (the caller names the deed). */
export function openCase(context: Context, input: CaseInput, template: CaseTemplate | undefined): Case {
  const { state } = context
  const status = knownStatus(state, 'case', input.status ?? firstStatusOf(state, 'case', 'New')).value
  if (input.assignee !== undefined) requireAssignable(context, input.assignee)
  const customFields = mergeTemplateFields(context, input, template)
  const at = state.clock.now()
  const stageDates: StageDates = { newDate: at }
  enterStage(stageDates, stageOf(state, 'case', status), at)
  const title = input.title ?? ''
  const opened: Case = {
    ...state.stamps(context.actor.user.login, at),
    kind: 'case',
    organisation: context.actor.organisation,
    number: state.newCaseNumber(),
    title: template?.titlePrefix ? `${template.titlePrefix.trim()} ${title}` : title,
    description: input.description ?? template?.description ?? '',
    severity: input.severity ?? template?.severity ?? 2,
    tlp: input.tlp ?? template?.tlp ?? 2,
    pap: input.pap ?? template?.pap ?? 2,
    startDate: input.startDate ?? at,
    endDate: input.endDate,
    tags: templateTags(context, input, template),
    flag: input.flag ?? template?.flag ?? false,
    summary: input.summary ?? template?.summary,
    assignee: input.assignee ?? context.actor.user.login,
    caseTemplate: template?.name,
    ...{ status, stageDates, customFields },
    ...{ observables: [], comments: [], procedures: [], attachments: [], tasks: [], pages: [], alerts: [] },
  }
  keepCase(context, opened)
  opened.tasks = [...(template?.tasks ?? []), ...input.tasks].map((task, order) =>
    buildTask(context, opened, { ...task, order: task.order ?? order }),
  )
  for (const page of input.pages ?? []) addPage(context, opened, page)
  return opened
}

export function keepCase(context: Pick<Context, 'state' | 'space'>, opened: Case): void {
  context.state.keep(opened)
  context.state.caseByNumber.set(opened.number, opened)
  context.space.cases.add(opened)
}

/** From 5.7.1 on a request that lists tags gets none of the template's. */
function templateTags({ server }: Context, input: CaseInput, template: CaseTemplate | undefined): string[] {
  if (input.tags && server.atLeast('5.7.1')) return union(input.tags)
  return union(input.tags ?? [], template?.tags ?? [])
}

function mergeTemplateFields(context: Context, input: CaseInput, template: CaseTemplate | undefined) {
  const own = applyCustomFields(context.state, [], input.customFields)
  const missing = (template?.customFields ?? []).filter(
    (field) => !own.some(({ name }) => name === field.name),
  )
  return mergeCustomFields(context.state, own, missing)
}

export function createCase(context: Context, input: CaseInput): Case {
  requirePermission(context, 'manageCase/create')
  refuseInactiveTags(context, [], input)
  const opened = openCase(context, input, requireTemplate(context, input.caseTemplate))
  audit(context, 'create', opened, { details: { title: opened.title } })
  context.effect(`create case ${opened.title}`)
  return opened
}

export function checkCasePatch(context: Context, target: Case, patch: CasePatch): void {
  requirePermission(context, 'manageCase/update')
  if (patch.status !== undefined) checkCaseMove(context, target, patch.status)
  if (typeof patch.assignee === 'string') requireAssignable(context, patch.assignee)
  refuseInactiveTags(context, target.tags, patch)
}

/** Closing dates the case and ends its tasks; reopening takes the end date away. */
export function updateCase(context: Context, target: Case, patch: CasePatch): void {
  checkCasePatch(context, target, patch)
  const { state } = context
  const at = state.clock.now()
  const { tags, addTags, removeTags, customFields, ...plain } = patch
  const values = applyCustomFields(state, target.customFields, customFields)
  if (plain.status !== undefined && plain.status !== target.status) move(context, target, plain.status, at)
  for (const [key, value] of Object.entries(dropUndefined(plain))) {
    Object.assign(target, { [key]: value ?? undefined })
  }
  target.tags = patchTags(target.tags, { tags, addTags, removeTags })
  target.customFields = values
  context.space.cases.stamp(target, context.actor.user.login, at)
  audit(context, 'update', target, { details: dropUndefined(patch) })
  noteUpdate(context, target.id, patch)
}

function move(context: Context, target: Case, status: string, at: number): void {
  const stage = stageOf(context.state, 'case', status)
  enterStage(target.stageDates, stage, at)
  target.endDate = stage === 'Closed' ? at : undefined
  if (stage !== 'Closed') return
  for (const task of target.tasks) closeTask(context, task, at)
}

/** Back to a New-stage status, without its case. */
export function releaseAlert(context: Context, alert: Alert, target: Case): void {
  target.alerts.splice(target.alerts.indexOf(alert), 1)
  target.revision++
  alert.caseId = undefined
  alert.status = firstStatusOf(context.state, 'alert', 'New')
  context.space.alerts.stamp(alert, context.actor.user.login, context.state.clock.now())
}

/** Its alerts lose their case, go back to a New-stage status, and are stamped [inferred]. */
export function deleteCase(context: Context, target: Case): void {
  requirePermission(context, 'manageCase/delete')
  audit(context, 'delete', target, { details: { title: target.title } })
  for (const alert of [...target.alerts]) releaseAlert(context, alert, target)
  dropCase(context, target)
  context.effect(`delete case ${target.id}`)
}

/** Removes the case and what it holds from every index; tells nobody. */
export function dropCase(context: Context, target: Case): void {
  const { state, space } = context
  for (const observable of target.observables) dropObservable(context, observable)
  for (const comment of target.comments) space.comments.remove(comment)
  for (const procedure of target.procedures) space.procedures.remove(procedure)
  const logs = target.tasks.flatMap((task) => task.logs)
  const { comments, procedures, tasks, pages, attachments } = target
  for (const child of [...comments, ...procedures, ...tasks, ...logs, ...pages, ...attachments]) {
    state.forget(child)
  }
  space.cases.remove(target)
  state.caseByNumber.delete(target.number)
  state.forget(target)
}
