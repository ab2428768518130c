import type { CustomFieldValue } from '#shared/model/alert.ts'

type Fields = readonly CustomFieldValue[]

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
