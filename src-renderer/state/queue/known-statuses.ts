import { mapConditions } from '#shared/query/build.ts'
import type { Condition, Filter } from '#shared/query/filter.ts'

/** `status:new` means the catalog's `New`: what is typed need not match in case. */
export function withKnownStatuses(filter: Filter, catalog: readonly { value: string }[]): Filter {
  const known = (typed: string): string =>
    catalog.find(({ value }) => value.toLowerCase() === typed.toLowerCase())?.value ?? typed
  return mapConditions(filter, (condition: Condition): Filter => {
    if (condition.field !== 'status') return condition
    if (condition.op === 'in') return { ...condition, values: condition.values.map(known) }
    return condition.op === 'eq' || condition.op === 'ne'
      ? { ...condition, value: known(condition.value) }
      : condition
  })
}
