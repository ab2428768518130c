import type { HiveState } from '../state/hive-state.ts'
import type * as T from '../state/types.ts'
import { external, marking, meta, type WireObject } from './wire-common.ts'

export function serializeAttachment({ server }: HiveState, attachment: T.Attachment): WireObject {
  const { name, contentType, blob } = attachment
  return {
    ...meta(attachment, 'Attachment'),
    name,
    hashes: [blob.sha256, blob.sha1, blob.md5],
    size: blob.size,
    contentType,
    id: blob.sha256,
    path: '',
    ...external(server, attachment.external),
    extraData: {},
  }
}

export function serializeObservable(state: HiveState, observable: T.Observable): WireObject {
  const { dataType, data, attachment, tags, ioc, sighted, sightedAt, message, ignoreSimilarity } = observable
  return {
    ...meta(observable, 'Observable'),
    ...{ dataType, data, startDate: observable.createdAt },
    attachment: attachment && serializeAttachment(state, attachment),
    ...marking(state.server, observable),
    ...{ tags, ioc, sighted, sightedAt, reports: {}, message, ignoreSimilarity },
    ...external(state.server, observable.external),
    extraData: {},
  }
}

/** The one entity whose stamps carry no underscore. */
export function serializeComment({ server }: HiveState, comment: T.Comment): WireObject {
  const { id, createdBy, createdAt, updatedAt, updatedBy, message } = comment
  return {
    ...{ _id: id, _type: 'Comment', createdBy, createdAt, updatedAt, updatedBy, message },
    isEdited: updatedAt !== undefined,
    ...external(server, comment.external),
    extraData: {},
  }
}

/** `defense-evasion` as `Defense Evasion`. */
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
  const { title, group, description, status, flag, startDate, endDate, assignee, order, dueDate, mandatory } =
    task
  return {
    ...meta(task, 'Task'),
    ...{ title, group, description, status, flag, startDate, endDate, assignee, order, dueDate, mandatory },
    extraData: {},
  }
}

export function serializeLog(state: HiveState, log: T.Log): WireObject {
  const { message, date, createdBy, includeInTimeline } = log
  return {
    ...meta(log, 'Log'),
    ...{ message, date },
    attachments: log.attachments.map((attachment) => serializeAttachment(state, attachment)),
    ...{ owner: createdBy, includeInTimeline, extraData: {} },
  }
}

export function serializePage(page: T.Page): WireObject {
  const { title, content, order, category } = page
  return { ...meta(page, 'Page'), title, content, order, category, extraData: {} }
}
