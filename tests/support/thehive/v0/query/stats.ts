import { json, type Reply } from '../../http/reply.ts'
import type { Call } from '../../http/router.ts'
import type { Context } from '../../semantics/context.ts'
import { badRequest } from '../../state/errors.ts'
import type { Stamps } from '../../state/types.ts'
import { isObject, parametersOf, structured, type Json } from '../parameters.ts'
import { compileQuery, type Models } from './compile-query.ts'
import { dialectOf } from './dialect.ts'
import type { Model } from './model.ts'

type Frame = { context: Context; models: Models; model: Model }

/** Answers `POST …/_stats`: the results of all aggregations in one object. */
export function stats(call: Call, models: Models, model: Model): Reply {
  const { context } = call
  const { query, stats: wanted } = parametersOf(call)
  const list = structured(wanted)
  if (!Array.isArray(list)) throw badRequest('Parameter "stats" is missing')
  const accepts = compileQuery(context, models, model, structured(query))
  return json(200, aggregateAll({ context, models, model }, list, model.rows(context).filter(accepts)))
}

function aggregateAll(frame: Frame, list: readonly unknown[], rows: readonly Stamps[]): Json {
  return Object.assign({}, ...list.map((item) => aggregate(frame, item, rows))) as Json
}

function aggregate(frame: Frame, item: unknown, all: readonly Stamps[]): Json {
  const { bad } = dialectOf(frame.context.server.flavour)
  if (!isObject(item)) throw bad('An aggregation is an object')
  const { _agg, _name, _query } = item
  const rows =
    _query === undefined ? all : all.filter(compileQuery(frame.context, frame.models, frame.model, _query))
  const name = typeof _name === 'string' ? _name : undefined
  switch (_agg) {
    case 'count':
      return { [name ?? 'count']: rows.length }
    case 'avg':
    case 'min':
    case 'max':
    case 'sum': {
      const field = String(item._field)
      return { [name ?? `${_agg}_${field}`]: summary(_agg, numbersOf(frame, field, rows)) }
    }
    case 'field':
      return named(name, byField(frame, item, rows))
    case 'time':
      return named(name, byTime(frame, item, rows))
    default:
      throw bad(`Unknown aggregation ${String(_agg)}`)
  }
}

const named = (name: string | undefined, groups: Json): Json =>
  name === undefined ? groups : { [name]: groups }

function valuesOf({ context, model }: Frame, field: string, row: Stamps): unknown[] {
  const getter = model.field(context, field)
  const dialect = dialectOf(context.server.flavour)
  if (!getter && dialect.knowsFields) throw dialect.bad(`Property ${field} for type ${model.label} not found`)
  const value = getter?.(row)
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== null)
}

const numbersOf = (frame: Frame, field: string, rows: readonly Stamps[]): number[] =>
  rows.flatMap((row) => valuesOf(frame, field, row)).filter((value) => typeof value === 'number')

function summary(agg: 'avg' | 'min' | 'max' | 'sum', numbers: readonly number[]): number | null {
  const sum = numbers.reduce((total, value) => total + value, 0)
  if (agg === 'sum') return sum
  if (numbers.length === 0) return null
  if (agg === 'avg') return sum / numbers.length
  const better = agg === 'min' ? Math.min : Math.max
  return numbers.reduce((best, value) => better(best, value))
}

const selectOf = ({ _select }: Json): readonly unknown[] =>
  Array.isArray(_select) && _select.length > 0 ? (_select as unknown[]) : [{ _agg: 'count' }]

function byField(frame: Frame, item: Json, rows: readonly Stamps[]): Json {
  const groups = new Map<string, Stamps[]>()
  for (const row of rows) {
    for (const value of new Set(valuesOf(frame, String(item._field), row).map(String))) {
      const group = groups.get(value)
      if (group) group.push(row)
      else groups.set(value, [row])
    }
  }
  const results = [...groups].map(([key, group]) => ({
    key,
    result: aggregateAll(frame, selectOf(item), group),
  }))
  const size = typeof item._size === 'number' ? item._size : 10
  return Object.fromEntries(
    ordered(results, item._order)
      .slice(0, size)
      .map(({ key, result }) => [key, result]),
  )
}

type Group = { key: string; result: Json }

/** By a result such as `-count`, or by `_term`; by falling count unless told. */
function ordered(groups: Group[], order: unknown): Group[] {
  const [first = '-count'] = (Array.isArray(order) ? order : [order]).filter(
    (each) => typeof each === 'string',
  )
  const name = first.replace(/^[+-]_?|^_/, '')
  const sign = first.startsWith('-') ? -1 : 1
  const valueOf = ({ key, result }: Group) =>
    name === 'term' || name === 'key' ? key : (result[name] as number)
  return groups.sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    return left === right ? 0 : sign * (left < right ? -1 : 1)
  })
}

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** The start of the interval a moment lies in, ms, UTC. */
function bucketOf(moment: number, interval: string): number {
  const [, digits = '1', unit = 'd'] = /^(\d+)([smhdwMy])$/.exec(interval) ?? []
  const width = units[unit]
  const count = Math.max(1, Number(digits))
  if (width !== undefined) {
    // Weeks begin on Monday; the epoch was a Thursday.
    const offset = unit === 'w' ? 4 * 86_400_000 : 0
    return Math.floor((moment - offset) / (width * count)) * width * count + offset
  }
  const date = new Date(moment)
  const months = date.getUTCFullYear() * 12 + (unit === 'M' ? date.getUTCMonth() : 0)
  const step = unit === 'M' ? count : count * 12
  const start = Math.floor(months / step) * step
  return Date.UTC(Math.floor(start / 12), start % 12, 1)
}

/** `{"<ms>": {"<field>": {…}}}`, rising. */
function byTime(frame: Frame, item: Json, rows: readonly Stamps[]): Json {
  const fields = Array.isArray(item._fields) ? item._fields.map(String) : [String(item._field)]
  const interval = typeof item._interval === 'string' ? item._interval : '1d'
  const buckets = new Map<number, Record<string, Stamps[]>>()
  for (const field of fields) {
    for (const row of rows) {
      for (const moment of numbersOf(frame, field, [row])) {
        const start = bucketOf(moment, interval)
        const bucket = buckets.get(start) ?? {}
        buckets.set(start, bucket)
        ;(bucket[field] ??= []).push(row)
      }
    }
  }
  const rising = [...buckets].sort(([a], [b]) => a - b)
  return Object.fromEntries(
    rising.map(([start, byName]) => [
      String(start),
      Object.fromEntries(
        Object.entries(byName).map(([field, group]) => [field, aggregateAll(frame, selectOf(item), group)]),
      ),
    ]),
  )
}
