import type { CustomFieldValue } from '#shared/model/alert.ts'

type Fields = readonly CustomFieldValue[]

/** A conflict over one custom field is named by this and the field's name. */
export const customFieldPrefix = 'customFields.'

/** Two whole sets and what was changed between them, as a decision about custom fields carries it. */
export type FieldEdit = { base: Fields; mine: Fields }

const isEmpty = (value: unknown): boolean => value === null || value === ''

/** The values under one name, in order. Servers write an empty field as null or leave it out: that is the same. */
export function valuesOf(fields: Fields, name: string): CustomFieldValue['value'][] {
  const entries = fields.filter((entry) => entry.name === name && !isEmpty(entry.value))
  return entries.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)).map(({ value }) => value)
}

const isSame = (one: Fields, other: Fields, name: string): boolean =>
  JSON.stringify(valuesOf(one, name)) === JSON.stringify(valuesOf(other, name))

/** Names whose values an edit changes; what it merely repeats is not named. */
export function editedNames({ base, mine }: FieldEdit): string[] {
  const names = new Set([...base, ...mine].map(({ name }) => name))
  return [...names].filter((name) => !isSame(base, mine, name))
}

/** Names whose values differ between two sets. */
export const fieldsApart = (one: Fields, other: Fields): string[] => editedNames({ base: one, mine: other })

/** The full set to write: theirs, with only the edited names replaced. Laying it on twice changes nothing. */
export function mergeFields(edit: FieldEdit, theirs: Fields): CustomFieldValue[] {
  const edited = new Set(editedNames(edit))
  return [
    ...theirs.filter(({ name }) => !edited.has(name)),
    ...edit.mine.filter(({ name }) => edited.has(name)),
  ]
}

/** Whether every edited name already has the wanted value. */
export const fieldsHold = (edit: FieldEdit, theirs: Fields): boolean =>
  editedNames(edit).every((name) => isSame(edit.mine, theirs, name))

/** Edited names that somebody else has set to something else since. */
export function fieldsInConflict(edit: FieldEdit, theirs: Fields): string[] {
  return editedNames(edit).filter(
    (name) => !isSame(edit.base, theirs, name) && !isSame(edit.mine, theirs, name),
  )
}

/** One value, several as a list, none as null: as a conflict shows it. */
export function shownValue(fields: Fields, name: string): unknown {
  const values = valuesOf(fields, name)
  return values.length > 1 ? values : (values[0] ?? null)
}

/** The set with one name's values replaced by those of another set. */
export function withValuesOf(fields: Fields, name: string, from: Fields): CustomFieldValue[] {
  return [...fields.filter((entry) => entry.name !== name), ...from.filter((entry) => entry.name === name)]
}

/** A value as a conflict shows it, as entries of the set again; the type is taken from the edit that knows the field. */
export function entriesOf({ base, mine }: FieldEdit, name: string, shown: unknown): CustomFieldValue[] {
  const type = [...mine, ...base].find((entry) => entry.name === name)?.type ?? 'string'
  const values = Array.isArray(shown) ? shown : shown === null || shown === undefined ? [] : [shown]
  return values.map((value, order) => ({ name, type, order, value: value as CustomFieldValue['value'] }))
}

/** The whole set to send, made from theirs of this moment; undefined where nothing of it has to be sent any more. */
export const fieldsToSend = (edit: FieldEdit, theirs: Fields): CustomFieldValue[] | undefined =>
  fieldsHold(edit, theirs) ? undefined : mergeFields(edit, theirs)
