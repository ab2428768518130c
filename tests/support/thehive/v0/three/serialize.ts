import type { Context } from '../../semantics/context.ts'
import { isSeen, similarCases } from '../../semantics/legacy/similar-cases.ts'
import type { ServerKind } from '../../state/server-kind.ts'
import type * as T from '../../state/types.ts'
import { showAttachment } from '../older-attachment.ts'
import { showSimilar } from '../older-similar.ts'
import type { Json } from '../parameters.ts'
import { wireTypeOf } from './read-fields.ts'

/** TheHive 3's documents. Absent attributes are left out. */

const meta = (record: T.Stamps, type: string, parent: string | null = null): Json => ({
  ...{ _id: record.id, id: record.id, _type: type, _routing: parent ?? record.id, _parent: parent },
  _version: record.revision + 1,
  ...{ createdBy: record.createdBy, createdAt: record.createdAt },
  ...{ updatedBy: record.updatedBy, updatedAt: record.updatedAt },
})

export function showFields(values: readonly T.CustomFieldValue[]): Json {
  return Object.fromEntries(
    values.map(({ name, type, value, order }) => [name, { [wireTypeOf(type)]: value, order }]),
  )
}

/** An artifact as its sender wrote it, its file moved out of `data`. */
export function showEmbedded({ embedded, dataType, data, attachment, ...rest }: T.Observable): Json {
  const file = attachment && { attachment: showAttachment(attachment) }
  if (embedded) return { ...embedded, ...file }
  const { message, tags, tlp, ioc, sighted } = rest
  return { dataType, data, ...file, message, tags, tlp, ioc, sighted }
}

export function showAlert({ server }: { server: ServerKind }, alert: T.Alert): Json {
  const { type, source, sourceRef, title, description, date, lastSyncDate, severity, tlp, tags } = alert
  return {
    ...meta(alert, 'alert'),
    ...{ type, source, sourceRef, title, description, date },
    lastSyncDate: lastSyncDate ?? alert.createdAt,
    ...{ severity, tlp, tags, status: alert.status, follow: alert.follow, case: alert.caseId },
    caseTemplate: alert.caseTemplate,
    customFields: showFields(alert.customFields),
    artifacts: alert.observables.map(showEmbedded),
    // Versions of old repeat the creator [inferred: before 3.0].
    user: server.atLeast('3.0.0') ? undefined : alert.createdBy,
  }
}

export function showAlertWithSimilarity(context: Context, alert: T.Alert): Json {
  return {
    ...showAlert(context, alert),
    artifacts: alert.observables.map((each) => ({ ...showEmbedded(each), seen: isSeen(context, each) })),
    similarCases: similarCases(context, alert).map(showSimilar),
  }
}

export function showCase(record: T.Case, stats = false): Json {
  const { number, title, description, severity, startDate, endDate, assignee, flag, tlp, pap, tags } = record
  const { status, summary, resolutionStatus, impactStatus } = record
  return {
    ...meta(record, 'case'),
    ...{ caseId: number, title, description, severity, startDate, endDate, owner: assignee, flag, tlp, pap },
    ...{ tags, status, summary, resolutionStatus, impactStatus, metrics: {} },
    customFields: showFields(record.customFields),
    stats: stats ? statsOf(record) : undefined,
  }
}

function statsOf(record: T.Case): Json {
  const tasks: Record<string, number> = {}
  for (const { status } of record.tasks) tasks[status] = (tasks[status] ?? 0) + 1
  return {
    tasks: { ...tasks, total: record.tasks.length },
    artifacts: { count: record.observables.filter(({ isDeleted }) => !isDeleted).length },
    alerts: record.alerts.map(({ type, source }) => ({ type, source })),
    ...{ mergeFrom: [], mergeInto: {} },
  }
}

export function showArtifact(observable: T.Observable): Json {
  const { dataType, data, attachment, message, tlp, tags, ioc, sighted, createdAt, parent } = observable
  return {
    ...meta(observable, 'case_artifact', parent.id),
    ...{ dataType, data, attachment: attachment && showAttachment(attachment), message },
    ...{ startDate: createdAt, tlp, tags, ioc, sighted },
    status: observable.isDeleted ? 'Deleted' : 'Ok',
    reports: {},
  }
}

export function showTask(task: T.Task): Json {
  const { title, group, description, status, flag, assignee, order, startDate, endDate } = task
  return {
    ...meta(task, 'case_task', task.parent.id),
    ...{ title, group, description, status, flag, owner: assignee, order, startDate, endDate },
  }
}

export function showTemplate(template: T.CaseTemplate): Json {
  const { name, titlePrefix, description, severity, tlp, pap, tags, flag, tasks, customFields } = template
  return {
    ...meta(template, 'caseTemplate'),
    ...{ name, titlePrefix, description, severity, tlp, pap, tags, flag, status: 'Ok', metrics: {} },
    customFields: showFields(customFields),
    tasks: tasks.map(({ title, group, description: text }, order) => ({
      title,
      group,
      description: text,
      order,
    })),
  }
}

/** Source: roles in lower case; the key itself is never shown. */
export function showUser({ profiles }: { profiles: readonly T.Profile[] }, user: T.User): Json {
  const profile = profiles.find(({ name }) => name === user.memberships[0]?.profile)
  return {
    ...meta(user, 'user'),
    ...{ login: user.login, name: user.name, roles: profile?.permissions ?? [] },
    ...{ status: user.locked ? 'Locked' : 'Ok', hasKey: true, preferences: '{}' },
  }
}
