import type { Alert, Case, CaseTemplate, CustomFieldValue, Observable, Task } from '../state/types.ts'
import { plain } from './query/model.ts'

/** Getters by wire name, as far as TheHive 3 and 4 agree. */

/** `customFields.<name>`, with or without a type behind it: every value under that name. */
export function customField(name: string) {
  const [, wanted] =
    /^customFields\.(.+?)(?:\.(?:string|number|integer|float|boolean|date))?$/.exec(name) ?? []
  if (wanted === undefined) return undefined
  return ({ customFields }: { customFields: readonly CustomFieldValue[] }) =>
    customFields.filter((value) => value.name === wanted).map(({ value }) => value)
}

export const alertFields = {
  ...plain<Alert>('type', 'source', 'sourceRef', 'title', 'description', 'severity', 'date', 'tags'),
  ...plain<Alert>('tlp', 'follow', 'lastSyncDate'),
  case: (alert: Alert) => alert.caseId,
}

export const caseFields = {
  ...plain<Case>('title', 'description', 'severity', 'startDate', 'endDate', 'tags', 'flag', 'tlp', 'pap'),
  ...plain<Case>('status', 'summary', 'impactStatus', 'resolutionStatus'),
  caseId: (record: Case) => record.number,
  owner: (record: Case) => record.assignee,
}

export const artifactFields = {
  ...plain<Observable>('dataType', 'data', 'message', 'tlp', 'tags', 'ioc', 'sighted'),
  startDate: (observable: Observable) => observable.createdAt,
  'attachment.id': (observable: Observable) => observable.attachment?.blob.sha256,
  'attachment.name': (observable: Observable) => observable.attachment?.name,
  'attachment.size': (observable: Observable) => observable.attachment?.blob.size,
  'attachment.contentType': (observable: Observable) => observable.attachment?.contentType,
  'attachment.hashes': (observable: Observable) => {
    const blob = observable.attachment?.blob
    return blob && [blob.sha256, blob.sha1, blob.md5]
  },
}

export const taskFields = {
  ...plain<Task>(
    'title',
    'group',
    'description',
    'status',
    'flag',
    'order',
    'startDate',
    'endDate',
    'dueDate',
  ),
  owner: (task: Task) => task.assignee,
}

export const templateFields = {
  ...plain<CaseTemplate>(
    'name',
    'displayName',
    'titlePrefix',
    'description',
    'severity',
    'tags',
    'tlp',
    'pap',
    'flag',
  ),
}

/** Every value of a list's members under one name, such as `artifacts.data`. */
export function within<R, M>(
  list: string,
  members: (record: R) => readonly M[],
  fields: Record<string, (member: M) => unknown>,
) {
  return (name: string) => {
    const getter = name.startsWith(`${list}.`) ? fields[name.slice(list.length + 1)] : undefined
    return (
      getter &&
      ((record: R) =>
        members(record)
          .map(getter)
          .filter((value) => value !== undefined))
    )
  }
}
