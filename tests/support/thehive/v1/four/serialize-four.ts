import type { HiveState } from '../../state/hive-state.ts'
import type * as T from '../../state/types.ts'
import { meta, type WireObject } from '../wire-common.ts'

/** TheHive 4's own `/api/v1`. As in 5, absent values are left out. */

function customFields(state: HiveState, values: readonly T.CustomFieldValue[]) {
  return values.map(({ id, name, type, value, order }) => {
    const description = state.customFields.find((known) => known.name === name)?.description ?? ''
    return { _id: id, name, description, type, value, order }
  })
}

export function serializeAlert(state: HiveState, alert: T.Alert): WireObject {
  const { type, source, sourceRef, externalLink, title, description, severity, date, tags } = alert
  const { tlp, pap, read = false, follow, caseTemplate, caseId } = alert
  return {
    ...meta(alert, 'Alert'),
    ...{ type, source, sourceRef, externalLink, title, description, severity, date, tags },
    ...{ tlp, pap, read, follow, customFields: customFields(state, alert.customFields), caseTemplate },
    ...{ observableCount: alert.observables.length, caseId, extraData: {} },
  }
}

export function serializeCase(state: HiveState, record: T.Case): WireObject {
  const { number, title, description, severity, startDate, endDate, tags, flag, tlp, pap } = record
  const { status, summary, impactStatus, resolutionStatus, assignee } = record
  return {
    ...meta(record, 'Case'),
    ...{ number, title, description, severity, startDate, endDate, tags, flag, tlp, pap },
    ...{ status, summary, impactStatus, resolutionStatus, assignee },
    ...{ customFields: customFields(state, record.customFields), extraData: {} },
  }
}

export function serializeAttachment({ name, contentType, blob }: T.Attachment): WireObject {
  const hashes = [blob.sha256, blob.sha1, blob.md5]
  return { name, hashes, size: blob.size, contentType, id: blob.sha256 }
}

/** Observables carry no PAP. */
export function serializeObservable(observable: T.Observable): WireObject {
  const { dataType, data, attachment, tlp, tags, ioc, sighted, message, ignoreSimilarity } = observable
  return {
    ...meta(observable, 'Observable'),
    ...{ dataType, data, startDate: observable.createdAt },
    attachment: attachment && serializeAttachment(attachment),
    ...{ tlp, tags, ioc, sighted, reports: {}, message, ignoreSimilarity, extraData: {} },
  }
}

export function serializeTask(task: T.Task): WireObject {
  const { title, group, description, status, flag, startDate, endDate, assignee, order, dueDate } = task
  return {
    ...meta(task, 'Task'),
    ...{ title, group, description, status, flag, startDate, endDate, assignee, order, dueDate },
    extraData: {},
  }
}

export function serializeProcedure(procedure: T.Procedure): WireObject {
  const { description, occurDate, patternId, tactic } = procedure
  return { ...meta(procedure, 'Procedure'), description, occurDate, tactic, patternId, extraData: {} }
}

export function serializeTemplate(state: HiveState, template: T.CaseTemplate): WireObject {
  const { name, displayName, titlePrefix, description, severity, tags, flag, tlp, pap, summary } = template
  return {
    ...meta(template, 'CaseTemplate'),
    ...{ name, displayName, titlePrefix, description, severity, tags, flag, tlp, pap, summary },
    customFields: customFields(state, template.customFields),
    tasks: template.tasks.map(({ title, group, description: text }, order) => ({
      ...meta({ ...template, id: `${template.id}${order}` }, 'Task'),
      ...{ title, group, description: text, status: 'Waiting', flag: false, order, extraData: {} },
    })),
  }
}

/**
 * Source: TheHive 4 tells the object of an audit as it is now, and only its stamps; of what is gone nothing is told.
 * Its filters know more: `objectId`, `objectType` and `rootId` can be asked for.
 */
export function serializeAudit(state: HiveState, audit: T.Audit): WireObject {
  const entity = state.entities.get(audit.object.id)
  return {
    ...meta(audit, 'Audit'),
    ...{ operation: audit.action, requestId: audit.requestId },
    obj: entity && meta(entity, audit.object.name),
    summary: {},
  }
}
