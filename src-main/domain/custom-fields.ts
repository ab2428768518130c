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

const has = (fields: Fields, name: string): boolean => fields.some((entry) => entry.name === name)

const namesIn = (...sets: Fields[]): string[] => [...new Set(sets.flat().map(({ name }) => name))]

/** Names an edit changes the values of, puts on or takes off; what it merely repeats is not named. */
export const editedNames = ({ base, mine }: FieldEdit): string[] =>
  namesIn(base, mine).filter((name) => !isSame(base, mine, name) || has(base, name) !== has(mine, name))

/** Names whose values differ between two sets. */
export const fieldsApart = (one: Fields, other: Fields): string[] =>
  namesIn(one, other).filter((name) => !isSame(one, other, name))

/** The full set to write: theirs, with only the edited names replaced. Laying it on twice changes nothing. */
export function mergeFields(edit: FieldEdit, theirs: Fields): CustomFieldValue[] {
  const edited = new Set(editedNames(edit))
  return [
    ...theirs.filter(({ name }) => !edited.has(name)),
    ...edit.mine.filter(({ name }) => edited.has(name)),
  ]
}

/** Whether a name has the wanted values; where only the empty field was to come or to go, whether it did. */
export const fieldHolds = ({ base, mine }: FieldEdit, theirs: Fields, name: string): boolean =>
  isSame(mine, theirs, name) && (!isSame(base, mine, name) || has(theirs, name) === has(mine, name))

/** Whether every edited name is as it is wanted. */
export const fieldsHold = (edit: FieldEdit, theirs: Fields): boolean =>
  editedNames(edit).every((name) => fieldHolds(edit, theirs, name))

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
