import { stageOf } from '../semantics/status-rules.ts'
import type { Context } from '../semantics/context.ts'
import type { Alert, Case, CustomFieldValue, Observable } from '../state/types.ts'

type Fields<R> = Record<string, (record: R, context: Context) => unknown>

/** Each name reads the record's own key of that name. */
export function plain<R extends object>(...keys: (keyof R & string)[]): Fields<R> {
  return Object.fromEntries(keys.map((key) => [key, (record: R) => record[key]]))
}

/** `customFields.<name>`: every value the record has under that name. */
export function customField(
  name: string,
): ((record: { customFields: CustomFieldValue[] }) => unknown) | undefined {
  if (!name.startsWith('customFields.')) return undefined
  const wanted = name.slice('customFields.'.length)
  return (record) => record.customFields.filter((value) => value.name === wanted).map(({ value }) => value)
}

export const alertFields: Fields<Alert> = {
  ...plain<Alert>(
    'type',
    'source',
    'sourceRef',
    'title',
    'description',
    'externalLink',
    'severity',
    'date',
    'tags',
  ),
  ...plain<Alert>('tlp', 'pap', 'follow', 'status', 'assignee', 'summary', 'caseId', 'caseTemplate'),
  stage: (alert, { state }) => stageOf(state, 'alert', alert.status),
  observableCount: (alert) => alert.observables.length,
  newDate: (alert) => alert.stageDates.newDate,
  inProgressDate: (alert) => alert.stageDates.inProgressDate,
  closedDate: (alert) => alert.stageDates.closedDate,
  importedDate: (alert) => alert.stageDates.importedDate,
}

export const alertFieldSince: Record<string, string> = {
  assignee: '5.2.0',
  ...{ newDate: '5.1.0', inProgressDate: '5.1.0', closedDate: '5.1.0', importedDate: '5.1.0' },
}

export const caseFieldSince: Record<string, string> = {
  ...{ newDate: '5.1.0', inProgressDate: '5.1.0', closedDate: '5.1.0' },
}

export const caseFields: Fields<Case> = {
  ...plain<Case>(
    'number',
    'title',
    'description',
    'severity',
    'startDate',
    'endDate',
    'tags',
    'flag',
    'tlp',
    'pap',
  ),
  ...plain<Case>('status', 'summary', 'impactStatus', 'assignee', 'caseTemplate'),
  stage: (record, { state }) => stageOf(state, 'case', record.status),
  newDate: (record) => record.stageDates.newDate,
  inProgressDate: (record) => record.stageDates.inProgressDate,
  closedDate: (record) => record.stageDates.closedDate,
}

export const observableFields: Fields<Observable> = {
  ...plain<Observable>('dataType', 'data', 'message', 'tlp', 'pap', 'tags', 'ioc', 'sighted', 'sightedAt'),
  ...plain<Observable>('ignoreSimilarity', 'external'),
  startDate: (observable) => observable.createdAt,
  'attachment.id': (observable) => observable.attachment?.blob.sha256,
  'attachment.name': (observable) => observable.attachment?.name,
  'attachment.size': (observable) => observable.attachment?.blob.size,
  'attachment.contentType': (observable) => observable.attachment?.contentType,
  'attachment.hashes': (observable) => {
    const blob = observable.attachment?.blob
    return blob && [blob.sha256, blob.sha1, blob.md5]
  },
}
