import { stageOf } from '../semantics/status-rules.ts'
import type { HiveState } from '../state/hive-state.ts'
import type * as T from '../state/types.ts'
import { papLabel, severityLabel, tlpLabel } from './labels.ts'

/**
 * Wire objects of /api/v1, keys in one fixed order and `extraData` last. A key whose value is undefined is left out of
 * the JSON: TheHive omits absent values, it never writes null.
 */
export type WireObject = Record<string, unknown>

const meta = (record: T.Stamps, type: string): WireObject => ({
  _id: record.id,
  _type: type,
  _createdBy: record.createdBy,
  _updatedBy: record.updatedBy,
  _createdAt: record.createdAt,
  _updatedAt: record.updatedAt,
})

const marking = (record: { tlp: number; pap: number }): WireObject => ({
  tlp: record.tlp,
  tlpLabel: tlpLabel(record.tlp),
  pap: record.pap,
  papLabel: papLabel(record.pap),
})

const severity = (value: number): WireObject => ({ severity: value, severityLabel: severityLabel(value) })

const customFields = (values: readonly T.CustomFieldValue[]) =>
  values.map(({ id, name, type, value, order }) => ({ _id: id, name, type, value, order }))

/** Milliseconds between the clock's marks; negative where a sender dates an alert in the future. */
function durations(start: number, dates: T.StageDates): WireObject {
  const { newDate, inProgressDate, closedDate, importedDate } = dates
  const done = Math.max(importedDate ?? 0, closedDate ?? 0)
  return {
    newDate,
    inProgressDate,
    closedDate,
    importedDate,
    timeToDetect: newDate - start,
    timeToTriage: inProgressDate === undefined ? undefined : inProgressDate - newDate,
    timeToQualify: done === 0 ? undefined : done - newDate,
    timeToAcknowledge: inProgressDate === undefined ? undefined : inProgressDate - start,
  }
}

export function serializeAlert(state: HiveState, alert: T.Alert): WireObject {
  const { type, source, sourceRef, externalLink, title, description, date, tags, follow } = alert
  const { caseTemplate, caseId, status, assignee, summary } = alert
  return {
    ...meta(alert, 'Alert'),
    ...{ type, source, sourceRef, externalLink, title, description },
    ...severity(alert.severity),
    ...{ date, tags },
    ...marking(alert),
    ...{ follow, customFields: customFields(alert.customFields), caseTemplate },
    observableCount: alert.observables.length,
    ...{ caseId, status, stage: stageOf(state, 'alert', status), assignee, summary },
    ...durations(date, alert.stageDates),
    extraData: {},
  }
}

const earliest = (values: (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

export function serializeCase(state: HiveState, record: T.Case): WireObject {
  const {
    number,
    title,
    description,
    startDate,
    endDate,
    tags,
    flag,
    status,
    summary,
    impactStatus,
    assignee,
  } = record
  const { importedDate: _, ...clock } = durations(startDate, record.stageDates)
  const dates = record.alerts.map((alert) => alert.stageDates)
  return {
    ...meta(record, 'Case'),
    ...{ number, title, description },
    ...severity(record.severity),
    ...{ startDate, endDate, tags, flag },
    ...marking(record),
    ...{ status, stage: stageOf(state, 'case', status), summary, impactStatus, assignee },
    access: { _kind: 'OrganisationAccessKind' },
    customFields: customFields(record.customFields),
    ...clock,
    alertDate: earliest(record.alerts.map((alert) => alert.date)),
    alertNewDate: earliest(dates.map((each) => each.newDate)),
    alertInProgressDate: earliest(dates.map((each) => each.inProgressDate)),
    alertImportedDate: earliest(dates.map((each) => each.importedDate)),
    handlingDuration: endDate === undefined ? undefined : endDate - startDate,
    extraData: {},
  }
}

export function serializeAttachment(attachment: T.Attachment): WireObject {
  const { name, contentType, blob, external } = attachment
  return {
    ...meta(attachment, 'Attachment'),
    name,
    hashes: [blob.sha256, blob.sha1, blob.md5],
    size: blob.size,
    contentType,
    id: blob.sha256,
    path: '',
    external,
    extraData: {},
  }
}

export function serializeObservable(observable: T.Observable): WireObject {
  const { dataType, data, attachment, tags, ioc, sighted, sightedAt, message, ignoreSimilarity, external } =
    observable
  return {
    ...meta(observable, 'Observable'),
    ...{ dataType, data, startDate: observable.createdAt },
    attachment: attachment && serializeAttachment(attachment),
    ...marking(observable),
    ...{ tags, ioc, sighted, sightedAt, reports: {}, message, ignoreSimilarity, external },
    extraData: {},
  }
}

/** The one entity whose stamps carry no underscore. */
export function serializeComment(comment: T.Comment): WireObject {
  const { id, createdBy, createdAt, updatedAt, updatedBy, message, external } = comment
  return {
    ...{ _id: id, _type: 'Comment', createdBy, createdAt, updatedAt, updatedBy, message },
    ...{ isEdited: updatedAt !== undefined, external, extraData: {} },
  }
}

const tacticLabel = (tactic: string) =>
  tactic.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => `${dash === '-' ? ' ' : ''}${letter.toUpperCase()}`,
  )

export function serializeProcedure(procedure: T.Procedure): WireObject {
  const { _type: _, ...stamps } = meta(procedure, 'Procedure')
  const { description, occurDate, patternId, patternName, tactic } = procedure
  return {
    ...stamps,
    ...{ description, occurDate, patternId, patternName, tactic },
    ...{ tacticLabel: tacticLabel(tactic), extraData: {} },
  }
}

export function serializeTask(task: T.Task): WireObject {
  const { title, group, description, status, flag, assignee, order, mandatory } = task
  return {
    ...meta(task, 'Task'),
    ...{ title, group, description, status, flag, assignee, order, mandatory, extraData: {} },
  }
}
