import type { Context } from '../../semantics/context.ts'
import { statusOf } from '../../semantics/legacy/four-alerts.ts'
import { isSeen, similarCases } from '../../semantics/legacy/similar-cases.ts'
import type { HiveState } from '../../state/hive-state.ts'
import type * as T from '../../state/types.ts'
import { showAttachment } from '../older-attachment.ts'
import { showSimilar } from '../older-similar.ts'
import type { Json } from '../parameters.ts'

/** TheHive 4's older wire objects. What an alert or observable has not is written as null, what others have not is left out. */

const meta = (record: T.Stamps, type: string): Json => ({
  ...{ _id: record.id, id: record.id, createdBy: record.createdBy, updatedBy: record.updatedBy },
  ...{ createdAt: record.createdAt, updatedAt: record.updatedAt, _type: type },
})

const metaWithNulls = (record: T.Stamps, type: string): Json => ({
  ...meta(record, type),
  ...{ updatedBy: record.updatedBy ?? null, updatedAt: record.updatedAt ?? null },
})

/** Links are of a later server; here they are texts. */
const wireType = (type: T.CustomFieldType) => (type === 'url' ? 'string' : type)

const showFields = (values: readonly T.CustomFieldValue[]): Json =>
  Object.fromEntries(values.map(({ name, type, value }) => [name, { [wireType(type)]: value }]))

const showOrderedFields = (values: readonly T.CustomFieldValue[]): Json =>
  Object.fromEntries(values.map(({ name, type, value, order }) => [name, { [wireType(type)]: value, order }]))

export function showObservable(observable: T.Observable): Json {
  const { dataType, data, attachment, tlp, tags, ioc, sighted, message, ignoreSimilarity } = observable
  return {
    ...metaWithNulls(observable, 'case_artifact'),
    ...{ dataType, data: data ?? null, startDate: observable.createdAt },
    attachment: attachment ? showAttachment(attachment) : null,
    ...{ tlp, tags, ioc, sighted, message: message ?? null, reports: {}, stats: {}, ignoreSimilarity },
  }
}

export function showAlert(alert: T.Alert): Json {
  const { type, source, sourceRef, title, description, severity, date, tags, tlp, pap, follow } = alert
  return {
    ...metaWithNulls(alert, 'alert'),
    ...{ type, source, sourceRef, externalLink: alert.externalLink ?? null, title, description, severity },
    ...{ date, tags, tlp, pap, status: statusOf(alert), follow, case: alert.caseId ?? null },
    customFields: showFields(alert.customFields),
    caseTemplate: alert.caseTemplate ?? null,
    artifacts: alert.observables.map(showObservable),
    similarCases: [],
  }
}

export function showAlertWithSimilarity(context: Context, alert: T.Alert): Json {
  return {
    ...showAlert(alert),
    artifacts: alert.observables.map((each) => ({ ...showObservable(each), seen: isSeen(context, each) })),
    similarCases: similarCases(context, alert).map(showSimilar),
  }
}

export function showCase({ actor }: Pick<Context, 'actor'>, record: T.Case, stats = false): Json {
  const { number, title, description, severity, startDate, endDate, impactStatus, resolutionStatus } = record
  const { tags, flag, tlp, pap, status, summary, assignee } = record
  return {
    ...meta(record, 'case'),
    ...{ caseId: number, title, description, severity, startDate, endDate, impactStatus, resolutionStatus },
    ...{ tags, flag, tlp, pap, status, summary, owner: assignee },
    customFields: showOrderedFields(record.customFields),
    stats: stats ? statsOf(record) : {},
    permissions: [...actor.permissions],
  }
}

function statsOf(record: T.Case): Json {
  const tasks: Record<string, number> = {}
  for (const { status } of record.tasks) tasks[status] = (tasks[status] ?? 0) + 1
  return {
    tasks: { ...tasks, total: record.tasks.length },
    artifacts: { count: record.observables.length },
    alerts: record.alerts.map(({ id, type, source }) => ({ _id: id, type, source })),
  }
}

export function showTask(task: T.Task): Json {
  const { title, group, description, status, flag, assignee, order, startDate, endDate, dueDate } = task
  return {
    ...meta(task, 'case_task'),
    ...{ title, group, description, owner: assignee, status, flag, startDate, endDate, order, dueDate },
  }
}

export function showTemplate(template: T.CaseTemplate): Json {
  const { name, displayName, titlePrefix, description, severity, tags, flag, tlp, pap, summary } = template
  return {
    ...meta(template, 'caseTemplate'),
    ...{ name, displayName, titlePrefix, description, severity, tags, flag, tlp, pap, summary, status: 'Ok' },
    customFields: showOrderedFields(template.customFields),
    metrics: {},
    tasks: template.tasks.map(({ title, group, description: text }, order) => ({
      ...{ title, group, description: text, status: 'Waiting', flag: false, order },
    })),
  }
}

/** The roles of old that the permissions amount to. */
function rolesOf(permissions: readonly string[]): string[] {
  const may = (...names: string[]) => names.some((name) => permissions.includes(name))
  return [
    'read',
    ...(may('manageCase', 'manageObservable', 'manageTask') ? ['write'] : []),
    ...(may('manageUser', 'manageOrganisation', 'manageConfig') ? ['admin'] : []),
    ...(may('manageAlert') ? ['alert'] : []),
  ]
}

/** The user as member of `organisation`. */
export function showUser(state: HiveState, user: T.User, organisation: string): Json {
  const membership =
    user.memberships.find((each) => each.organisation === organisation) ?? user.memberships[0]
  const profile = state.profiles.find(({ name }) => name === membership?.profile)
  return {
    ...meta(user, 'user'),
    ...{ login: user.login, name: user.name, roles: rolesOf(profile?.permissions ?? []) },
    ...{ organisation: membership?.organisation, hasKey: true, status: user.locked ? 'Locked' : 'Ok' },
  }
}
