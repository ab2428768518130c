import { compileFilter } from '../../query/compile-filter.ts'
import { parseFilterOfFour } from '../../query/parse-filter-four.ts'
import type { Context } from '../../semantics/context.ts'
import { badRequest } from '../../state/errors.ts'
import type { Stamps } from '../../state/types.ts'
import type { Entity, Operands } from '../entities.ts'
import { startOfInterval } from './intervals.ts'

type Rows = readonly Stamps[]
type Frame = { context: Context; entity: Entity }
type Result = Record<string, unknown>

const isObject = (value: unknown): value is Operands => typeof value === 'object' && value !== null

/**
 * The `aggregation` operation. Groups stand under their values; a figure stands under its label, which is read from
 * `_name` and so is `aggregation` at the top [the latter inferred from TheHive 4's reading of the label].
 */
export function aggregate(frame: Frame, operands: Operands, rows: Rows): Result {
  const { _agg, _query } = operands
  const asked = _query === undefined ? rows : filtered(frame, _query, rows)
  switch (_agg) {
    case 'count':
      return { [labelOf(operands, 'count')]: asked.length }
    case 'avg':
    case 'min':
    case 'max':
    case 'sum': {
      const field = String(operands._field)
      const numbers = asked
        .flatMap((row) => valuesOf(frame, field, row))
        .filter((value) => typeof value === 'number')
      return { [labelOf(operands, `${_agg}_${field}`)]: figure(_agg, numbers) }
    }
    case 'field':
      return grouped(
        frame,
        operands,
        groupBy(asked, (row) => valuesOf(frame, String(operands._field), row)),
      )
    case 'time':
      return grouped(frame, operands, byTime(frame, operands, asked))
    default:
      throw badRequest(`Unknown aggregation ${String(_agg)}`)
  }
}

const labelOf = ({ _name }: Operands, otherwise: string): string =>
  typeof _name === 'string' ? _name : otherwise

function filtered({ context, entity }: Frame, query: unknown, rows: Rows): Rows {
  const accepts = compileFilter(parseFilterOfFour(query), (name) => entity.field(context, name), entity.name)
  return rows.filter(accepts)
}

function valuesOf({ context, entity }: Frame, name: string, row: Stamps): unknown[] {
  const field = entity.field(context, name)
  if (!field) throw badRequest(`Property ${name} for type ${entity.name} not found`)
  const value = field(row)
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== null)
}

function figure(agg: 'avg' | 'min' | 'max' | 'sum', numbers: readonly number[]): number | null {
  const sum = numbers.reduce((total, value) => total + value, 0)
  if (agg === 'sum') return sum
  if (numbers.length === 0) return null
  if (agg === 'avg') return sum / numbers.length
  return numbers.reduce((a, b) => (agg === 'min' ? Math.min(a, b) : Math.max(a, b)))
}

function groupBy(rows: Rows, keysOf: (row: Stamps) => unknown[]): Map<string, Stamps[]> {
  const groups = new Map<string, Stamps[]>()
  for (const row of rows) {
    for (const key of keysOf(row).map(String)) {
      const group = groups.get(key)
      if (group) group.push(row)
      else groups.set(key, [row])
    }
  }
  return groups
}

function byTime(frame: Frame, operands: Operands, rows: Rows): Map<string, Stamps[]> {
  const { _field, _fields } = operands
  const fields = Array.isArray(_fields) ? _fields.map(String) : [String(_field)]
  const interval = String(operands._interval ?? '1d')
  return groupBy(rows, (row) =>
    fields
      .flatMap((field) => valuesOf(frame, field, row))
      .map((value) => startOfInterval(interval, Number(value))),
  )
}

/** In the order asked for (`-_count`, `_key` …), as many as asked for. */
function grouped(frame: Frame, operands: Operands, groups: Map<string, Stamps[]>): Result {
  const { _order, _size, _select } = operands
  const parts = Array.isArray(_select) && _select.length > 0 ? _select : [{ _agg: 'count' }]
  const entries = [...groups]
  for (const order of [_order]
    .flat()
    .filter((each) => typeof each === 'string')
    .reverse()) {
    const sign = order.startsWith('-') ? -1 : 1
    const isByCount = /^[-+]?_?count$/.test(order)
    entries.sort(([a, x], [b, y]) => sign * (isByCount ? x.length - y.length : a < b ? -1 : a > b ? 1 : 0))
  }
  const shown = typeof _size === 'number' ? entries.slice(0, _size) : entries
  return Object.fromEntries(
    shown.map(([key, rows]) => [
      key,
      Object.assign({}, ...parts.map((part) => aggregate(frame, isObject(part) ? part : {}, rows))) as Result,
    ]),
  )
}
