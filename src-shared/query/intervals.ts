import { papValues, tlpValues } from '../model/scales.ts'
import type { OrderedField } from './fields.ts'
import type { OrderedCondition, OrderOperator } from './filter.ts'
import { intervalOfMoment } from './moment.ts'
import type { Interval } from './moment.ts'

const always: Interval = { from: -Infinity, to: Infinity }

/** The whole numbers for which the condition holds: severities, ranks of a marking, counts, ms. `ne` counts as `eq` here. */
export function intervalsOf(condition: OrderedCondition, now: number): Interval[] {
  const span = (value: string | number): Interval => spanOf(condition.field, value, now)
  if (condition.op === 'between') return [{ from: span(condition.from).from, to: span(condition.to).to }]
  if (condition.op === 'in') return condition.values.map(span)
  return [side(condition.op, span(condition.value))]
}

function side(op: OrderOperator, { from, to }: Interval): Interval {
  switch (op) {
    case 'gt':
      return { ...always, from: to + 1 }
    case 'gte':
      return { ...always, from }
    case 'lt':
      return { ...always, to: from - 1 }
    case 'lte':
      return { ...always, to }
    default:
      return { from, to }
  }
}

function spanOf(field: OrderedField, value: string | number, now: number): Interval {
  const rank = rankOf(field, value)
  if (rank !== undefined) return { from: rank, to: rank }
  const span = intervalOfMoment(String(value), now)
  if (span === undefined) throw new Error(`Not a time: ${value}`)
  return span
}

/** Undefined for times. */
function rankOf(field: OrderedField, value: string | number): number | undefined {
  if (typeof value === 'number') return value
  const scale: readonly string[] = field === 'tlp' ? tlpValues : field === 'pap' ? papValues : []
  return scale.length > 0 ? scale.indexOf(value) : undefined
}

export const isWithin = (value: number, intervals: readonly Interval[]): boolean =>
  intervals.some(({ from, to }) => value >= from && value <= to)
