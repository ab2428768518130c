import { everything, nothing } from './filter.ts'
import type { Condition, Filter } from './filter.ts'

/** All must hold; of none: everything. Parts that say nothing are left out. */
export function allOf(parts: readonly Filter[]): Filter {
  const said = parts.filter((part) => part.op !== 'any')
  return said.length > 1 ? { op: 'and', of: said } : (said[0] ?? everything)
}

/** One must hold; of none: nothing. */
export function anyOf(parts: readonly Filter[]): Filter {
  return parts.length > 1 ? { op: 'or', of: [...parts] } : (parts[0] ?? nothing)
}

/** What must hold each for itself, however the ands are nested. */
export function conjunctsOf(filter: Filter): Exclude<Filter, { op: 'any' }>[] {
  if (filter.op === 'any') return []
  return filter.op === 'and' ? filter.of.flatMap(conjunctsOf) : [filter as Exclude<Filter, { op: 'any' }>]
}

/** The same filter with every condition changed. */
export function mapConditions(filter: Filter, change: (condition: Condition) => Filter): Filter {
  switch (filter.op) {
    case 'any':
      return filter
    case 'and':
    case 'or':
      return { op: filter.op, of: filter.of.map((part) => mapConditions(part, change)) }
    case 'not':
      return { op: 'not', of: mapConditions(filter.of, change) }
    default:
      return change(filter)
  }
}

/** Every statement in it, whatever it is joined by. */
export function conditionsOf(filter: Filter): Condition[] {
  switch (filter.op) {
    case 'any':
      return []
    case 'and':
    case 'or':
      return filter.of.flatMap(conditionsOf)
    case 'not':
      return conditionsOf(filter.of)
    default:
      return [filter]
  }
}

/** Whether it is one statement, not a group. */
export const isCondition = (filter: Filter): filter is Condition =>
  !['any', 'and', 'or', 'not'].includes(filter.op)
