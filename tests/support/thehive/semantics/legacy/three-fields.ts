import type { CustomFieldValue } from '../../state/types.ts'
import type { CustomFieldChange, CustomFieldEntry } from './drafts.ts'

/** TheHive 3 keeps custom fields as they come. */

export function toValues(entries: readonly CustomFieldEntry[]): CustomFieldValue[] {
  return entries.map(({ name, type, value, order }, at) => ({
    ...{ id: name, name, type, value },
    order: order ?? at,
  }))
}

export function changeFields(
  current: readonly CustomFieldValue[],
  changes: readonly CustomFieldChange[],
): CustomFieldValue[] {
  return changes.reduce<CustomFieldValue[]>(changeOne, [...current])
}

function changeOne(current: CustomFieldValue[], change: CustomFieldChange): CustomFieldValue[] {
  if (change.set === 'all') return toValues(change.values)
  const name = change.set === 'one' ? change.value.name : change.name
  const known = current.find((value) => value.name === name)
  const order = known?.order ?? current.length
  const next =
    change.set === 'one'
      ? { ...change.value, order: change.value.order ?? order }
      : { name, type: change.type, value: change.value, order }
  const value = { id: name, ...next }
  return known ? current.map((each) => (each === known ? value : each)) : [...current, value]
}

/** `first`, and of `others` what it has no value for. */
export function fillFields(
  first: readonly CustomFieldValue[],
  others: readonly CustomFieldValue[],
): CustomFieldValue[] {
  return [...first, ...others.filter(({ name }) => !first.some((value) => value.name === name))]
}
