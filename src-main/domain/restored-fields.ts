import type { AlertChange, CustomFieldValue } from '#shared/model/alert.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import { editedNames, fieldHolds, withValuesOf } from './custom-fields.ts'
import { fieldEditOf } from './fold-alert.ts'
import { saysTheSame } from './is-equal.ts'
import { touchedFields, valueWanted } from './touched-fields.ts'

type Change = Record<string, unknown>
type Restored<C> = { change: C | undefined; left: string[] }
type Update = OperationOf<'alert.update' | 'case.update' | 'observable.update' | 'procedure.edit'>

/** May be set to nothing; the others keep what they have. */
const emptied: Readonly<Record<string, unknown>> = {
  assignee: null,
  description: '',
  summary: '',
  externalLink: '',
  message: '',
}

/** The base values of an update, field by field, wherever ours still stands; what stays is told with its reason. */
export function restored(operation: Update, now: object): Restored<AlertChange> {
  const change: Change = {}
  const left: string[] = []
  for (const field of touchedFields(operation)) {
    if (field === 'customFields') continue
    const found = fieldBack(operation, field, now as Change)
    if (typeof found === 'string') left.push(found)
    else change[field] = found.value
  }
  Object.assign(change, assigneeBack(operation, now as Change), fieldsBack(operation, now, left))
  Object.assign(change, tagsBack(operation, now, left))
  return { change: Object.keys(change).length === 0 ? undefined : change, left }
}

function fieldBack(operation: Operation, field: string, now: Change): { value: unknown } | string {
  if (!(field in operation.base)) return `The ${field} stays: what was there before is not known here.`
  const base = operation.base[field] ?? null
  const mine = valueWanted(operation, field) ?? null
  const there = now[field] ?? null
  if (saysTheSame(there, base)) return `The ${field} is as it was before.`
  if (!saysTheSame(there, mine)) return `The ${field} stays: it was changed again since.`
  if (base !== null) return { value: base }
  return field in emptied
    ? { value: emptied[field] }
    : `The ${field} stays: it was empty, and cannot be emptied.`
}

/** Whom the server assigned beside our status. */
function assigneeBack(operation: Update, now: Change): Change {
  if (operation.kind !== 'alert.update') return {}
  const { effect, change } = operation.payload
  const took =
    effect.assignee !== undefined && change.assignee === undefined && now['assignee'] === effect.assignee
  return took ? { assignee: null } : {}
}

function fieldsBack(operation: Update, now: object, left: string[]): Change {
  if (operation.kind !== 'alert.update' && operation.kind !== 'case.update') return {}
  const edit = fieldEditOf(operation)
  if (edit === undefined) return {}
  const there = (now as { customFields: CustomFieldValue[] }).customFields
  const names = editedNames(edit).filter((name) => {
    const ours = fieldHolds(edit, there, name)
    if (!ours) left.push(`The field ${name} stays: it was changed again since.`)
    return ours
  })
  if (names.length === 0) return {}
  return {
    customFields: names.reduce((fields, name) => withValuesOf(fields, name, edit.base), there),
  }
}

/** Only what the decision itself added or took away: what was there before stays there. */
function tagsBack({ payload, base }: Update, now: object, left: string[]): Change {
  const { addTags = [], removeTags = [] } = payload.change as { addTags?: string[]; removeTags?: string[] }
  if (addTags.length + removeTags.length === 0) return {}
  const before = base['tags']
  if (!Array.isArray(before)) {
    left.push('The tags stay: which of them were there before is not known here.')
    return {}
  }
  const { tags } = now as { tags: string[] }
  const off = addTags.filter((tag) => !before.includes(tag) && tags.includes(tag))
  const on = removeTags.filter((tag) => before.includes(tag) && !tags.includes(tag))
  const kept = addTags.filter((tag) => before.includes(tag))
  if (kept.length > 0) left.push(`${kept.join(', ')}: the tag was there before you added it.`)
  return { ...(off.length > 0 && { removeTags: off }), ...(on.length > 0 && { addTags: on }) }
}
