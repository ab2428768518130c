import type { Alert, CustomFieldValue } from '../../state/types.ts'

/** What a merge appends to the case's description. */
export function mergeText(alert: Alert): string {
  return `\n  \n#### Merged with alert #${alert.sourceRef} ${alert.title}\n\n${alert.description.trim()}`
}

/** `current`, where each value of `others` sets or overwrites the one of its name. */
export function overwriteFields(
  current: readonly CustomFieldValue[],
  others: readonly CustomFieldValue[],
  newId: () => string,
): CustomFieldValue[] {
  const result = [...current]
  for (const other of others) {
    const at = result.findIndex(({ name }) => name === other.name)
    const order = at < 0 ? result.length : (result[at]?.order ?? at)
    const value = { ...other, id: newId(), order }
    if (at < 0) result.push(value)
    else result[at] = value
  }
  return result
}
