import { allOf, conjunctsOf } from './build.ts'
import type { TextField } from './fields.ts'
import type { Filter, TextCondition } from './filter.ts'

/** The values a filter asks of a field as a whole, which a list of choices can show and switch. */
export function valuesOf(filter: Filter, field: TextField): readonly string[] {
  const part = conjunctsOf(filter).find((one) => isChoice(one, field))
  if (part === undefined) return []
  return part.op === 'in' ? part.values : [part.value]
}

/** The same filter asking for these values of a field; for none, it asks nothing of it. */
export function withValues(filter: Filter, field: TextField, values: readonly string[]): Filter {
  const [value, ...more] = values
  const rest = conjunctsOf(filter).filter((one) => !isChoice(one, field))
  if (value === undefined) return allOf(rest)
  return allOf([
    ...rest,
    more.length > 0 ? { op: 'in', field, values: [...values] } : { op: 'eq', field, value },
  ])
}

const isChoice = (part: Filter, field: TextField): part is TextCondition & { op: 'eq' | 'in' } =>
  (part.op === 'eq' || part.op === 'in') && part.field === field
