import { badRequest, notFound } from '../state/errors.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { CustomFieldType, CustomFieldValue } from '../state/types.ts'
import type { CustomFieldInput } from './drafts.ts'

const isValueOf: Record<CustomFieldType, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  url: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  date: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
}

type Entry = CustomFieldInput['entries'][number]

function toValue(state: HiveState, entry: Entry, order: number): CustomFieldValue {
  const definition = state.customFields.find((known) => known.name === entry.name)
  if (!definition) throw notFound(`CustomField ${entry.name} not found`)
  if (entry.value !== null && !isValueOf[definition.type](entry.value)) {
    throw badRequest(`Custom field ${entry.name} expects a value of type ${definition.type}`)
  }
  return {
    id: state.newId(),
    name: definition.name,
    type: definition.type,
    value: entry.value,
    order: entry.order ?? order,
  }
}

/**
 * The values after applying `input` to `current`. The list form replaces the whole set. The object form sets by name
 * before 5.7.1 (and, from 5.1 on, takes a list of values for a name); from 5.7.1 on it appends and takes no list.
 */
export function applyCustomFields(
  state: HiveState,
  current: readonly CustomFieldValue[],
  input: CustomFieldInput | undefined,
): CustomFieldValue[] {
  if (!input) return [...current]
  if (input.form === 'list') return input.entries.map((entry, at) => toValue(state, entry, at))
  return input.entries.reduce(
    (values, entry) =>
      state.server.atLeast('5.7.1')
        ? [...values, toValue(state, entry, values.length)]
        : setByName(state, values, entry),
    [...current],
  )
}

function setByName(state: HiveState, values: CustomFieldValue[], entry: Entry): CustomFieldValue[] {
  const many = Array.isArray(entry.value) && state.server.atLeast('5.1.0') ? entry.value : [entry.value]
  const at = values.findIndex(({ name }) => name === entry.name)
  const order = entry.order ?? (at < 0 ? values.length : (values[at]?.order as number))
  const set = many.map((value: unknown) => toValue(state, { ...entry, value }, order))
  const others = values.filter(({ name }) => name !== entry.name)
  others.splice(at < 0 ? others.length : at, 0, ...set)
  return others
}

/** `first` with those of `others` whose name and value it lacks. */
export function mergeCustomFields(
  state: HiveState,
  first: readonly CustomFieldValue[],
  others: readonly CustomFieldValue[],
): CustomFieldValue[] {
  const result = [...first]
  for (const other of others) {
    const same = result.some((known) => known.name === other.name && known.value === other.value)
    if (!same) result.push({ ...other, id: state.newId(), order: result.length })
  }
  return result
}

/** Refuses to close while a mandatory field the entity carries has no value. */
export function requireMandatoryValues(state: HiveState, values: readonly CustomFieldValue[]): void {
  const mandatory = new Set(state.customFields.filter((field) => field.mandatory).map((field) => field.name))
  const empty = values.find(({ name, value }) => mandatory.has(name) && (value === null || value === ''))
  if (empty) throw badRequest(`Custom field ${empty.name} is mandatory`)
}
