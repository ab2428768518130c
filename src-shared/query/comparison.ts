import type { Filter, OrderOperator } from './filter.ts'
import { isFlag } from './meaning.ts'
import type { Comparison } from './tokens.ts'

const texts = { '~': 'contains', '^=': 'startsWith', '$=': 'endsWith', '*=': 'like' } as const
export type TextSign = keyof typeof texts
export const textOperatorOf = (comparison: Comparison): (typeof texts)[TextSign] | undefined =>
  Object.hasOwn(texts, comparison) ? texts[comparison as TextSign] : undefined

const orders: Readonly<Record<string, OrderOperator>> = {
  ...{ ':': 'eq', '=': 'eq', '!=': 'ne' },
  ...{ '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' },
}
export const orderOperatorOf = (comparison: Comparison): OrderOperator | undefined => orders[comparison]

export const isSizing = (comparison: Comparison): boolean => /^[<>]/.test(comparison)
export const isEquality = (comparison: Comparison): boolean => [':', '=', '!='].includes(comparison)

/** What `!=` makes of an equality: `ne` where there is one, else the opposite. */
export function opposedIf(comparison: Comparison, filter: Filter): Filter {
  if (comparison !== '!=') return filter
  if (filter.op === 'not') return filter.of
  return filter.op === 'eq' && !isFlag(filter) ? { ...filter, op: 'ne' } : { op: 'not', of: filter }
}
