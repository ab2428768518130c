import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { CustomFieldDefinition } from '#shared/model/catalog.ts'
import { fromDateInput, toDateInput } from '../format/date-input.ts'

/** One value being edited, as text in its control. A name may occur twice: TheHive keeps several values of one field. */
export type FieldDraft = {
  /** Tells two values of one name apart on the screen. */
  readonly key: number
  readonly name: string
  readonly type: string
  readonly text: string
  /** What it was, so that an untouched value is sent back exactly. */
  readonly was?: CustomFieldValue | undefined
}
export type FieldValue = CustomFieldValue['value']
export type ReadField = { ok: true; value: FieldValue } | { ok: false; problem: string }

const integerLimit = 2 ** 31

/** A value as its control shows it; empty for none. Dates are local time. */
export function fieldText(value: FieldValue, type: string): string {
  if (value === null) return ''
  return type === 'date' && typeof value === 'number' ? toDateInput(value) : String(value)
}

/** What the control's text means for its type. Empty text is no value. */
export function readField(draft: Pick<FieldDraft, 'type' | 'text' | 'was'>): ReadField {
  const text = draft.text.trim()
  const { was } = draft
  if (was && draft.text === fieldText(was.value, draft.type)) return { ok: true, value: was.value }
  if (text === '') return { ok: true, value: null }
  switch (draft.type) {
    case 'integer': {
      const value = Number(text)
      const fits = Number.isInteger(value) && value >= -integerLimit && value < integerLimit
      return fits ? { ok: true, value } : { ok: false, problem: 'A whole number, without a point' }
    }
    case 'float':
    case 'number': {
      const value = Number(text.replace(',', '.'))
      return Number.isFinite(value) ? { ok: true, value } : { ok: false, problem: 'A number, such as 4.5' }
    }
    case 'boolean':
      return { ok: true, value: text === 'true' }
    case 'date': {
      const value = fromDateInput(text)
      return value === undefined ? { ok: false, problem: 'A date and a time' } : { ok: true, value }
    }
    case 'url':
      return /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text)
        ? { ok: true, value: text }
        : { ok: false, problem: 'An address with its scheme, such as https://portal.example.org' }
    default:
      return { ok: true, value: draft.text }
  }
}

/** The values an alert has, in their order, ready to be edited. */
export function draftsOf(values: readonly CustomFieldValue[]): FieldDraft[] {
  return inOrder(values).map((was, key) => ({
    key,
    name: was.name,
    type: was.type,
    text: fieldText(was.value, was.type),
    was,
  }))
}

/** One more, empty. */
export function withField(drafts: readonly FieldDraft[], definition: CustomFieldDefinition): FieldDraft[] {
  const key = drafts.reduce((most, one) => Math.max(most, one.key), -1) + 1
  return [...drafts, { key, name: definition.name, type: definition.type, text: '' }]
}

/** The full set to store, numbered in the order shown; undefined while one of them cannot be read. */
export function valuesOf(drafts: readonly FieldDraft[]): CustomFieldValue[] | undefined {
  const read = drafts.map((draft) => readField(draft))
  if (read.some((one) => !one.ok)) return undefined
  return drafts.map(({ name, type, was }, index) => {
    const one = read[index]
    return { name, type, value: one?.ok ? one.value : null, order: was?.order ?? index }
  })
}

/** The full set to store where it says anything else than what there was; undefined, too, while one of them cannot be read. */
export function changedValues(
  was: readonly CustomFieldValue[],
  drafts: readonly FieldDraft[],
): CustomFieldValue[] | undefined {
  const now = valuesOf(drafts)
  return JSON.stringify(now) === JSON.stringify(valuesOf(draftsOf(was))) ? undefined : now
}

/** Fields it carries, without a value, that must have one before it may be closed. */
export function emptyMandatory(
  values: readonly CustomFieldValue[],
  definitions: readonly CustomFieldDefinition[],
): CustomFieldDefinition[] {
  const isEmpty = (value: FieldValue) => value === null || value === ''
  return definitions.filter(
    ({ name, mandatory }) => mandatory && values.some((one) => one.name === name && isEmpty(one.value)),
  )
}

/** One empty draft a field, to be filled in at one place. */
export const blankDrafts = (definitions: readonly CustomFieldDefinition[]): FieldDraft[] =>
  definitions.map(({ name, type }, key) => ({ key, name, type, text: '' }))

/** The same with what was typed into those of their names before. */
export const withTyped = (drafts: readonly FieldDraft[], typed: readonly FieldDraft[]): FieldDraft[] =>
  drafts.map((one) => ({ ...one, text: typed.find(({ name }) => name === one.name)?.text ?? one.text }))

/** Whether every one of them has a value that can be read. */
export const areFilled = (drafts: readonly FieldDraft[]): boolean =>
  drafts.every((one) => one.text.trim() !== '') && valuesOf(drafts) !== undefined

/** The full set with the values that were missing put in. */
export function withFilled(
  values: readonly CustomFieldValue[],
  missing: readonly CustomFieldDefinition[],
  filled: readonly FieldDraft[],
): CustomFieldValue[] {
  const names = new Set(missing.map(({ name }) => name))
  const drafts = draftsOf(values).map((draft) => {
    const one = filled.find(({ name }) => name === draft.name)
    return names.has(draft.name) && one ? { ...draft, text: one.text } : draft
  })
  return valuesOf(drafts) ?? [...values]
}

export function inOrder(values: readonly CustomFieldValue[]): CustomFieldValue[] {
  return values.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
}

/** An edit going on: what there was when it began, and what it is now. */
export type FieldsEdit = {
  readonly before: readonly CustomFieldValue[]
  readonly drafts: readonly FieldDraft[]
}

export function beginEdit(values: readonly CustomFieldValue[]): FieldsEdit {
  return { before: values, drafts: draftsOf(values) }
}
