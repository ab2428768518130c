import { ordered } from '../../query/compile-filter.ts'
import { json, type Reply } from '../../http/reply.ts'
import type { Call } from '../../http/router.ts'
import type { Context } from '../../semantics/context.ts'
import type { Stamps } from '../../state/types.ts'
import { isTrue, parametersOf, structured } from '../parameters.ts'
import { compileQuery, type Models } from './compile-query.ts'
import { dialectOf } from './dialect.ts'
import type { Getter, Model } from './model.ts'

/** From this many on TheHive 4 stops counting and says so with a negative total. */
const countThreshold = 1000

/** Answers `POST …/_search` and the plain list: a page of the matching rows, their number in `X-Total`. */
export function search(call: Call, models: Models, model: Model): Reply {
  const { context } = call
  const { query, range, sort, nparent, nstats } = parametersOf(call)
  const accepts = compileQuery(context, models, model, structured(query))
  const found = sorted(
    context,
    model,
    model.rows(context).filter(accepts),
    sortKeys(sort) ?? model.defaultSort,
  )
  const [from, to] = readRange(range)
  const extras = { parents: Number(nparent) || 0, stats: isTrue(nstats) }
  const page = found.slice(from, to).map((record) => model.show(context, record, extras))
  const { flavour } = context.server
  const total = flavour === 'thehive4' && found.length >= countThreshold ? -countThreshold : found.length
  return { ...json(200, page), headers: { 'X-Total': String(total) } }
}

/** `"all"`, or `"from-to"` with the end left out; anything else means the first ten. */
export function readRange(range: unknown): [number, number] {
  if (range === 'all') return [0, Number.POSITIVE_INFINITY]
  const [, from, to] = /^(\d+)-(\d+)$/.exec(String(range)) ?? []
  const [low, high] = [Number(from), Number(to)]
  if (from === undefined || to === undefined) return [0, 10]
  return high > low ? [low, high] : [low, low + 10]
}

/** A list or a comma separated text of fields, `-` before one turns its order round. */
export function sortKeys(sort: unknown): string[] | undefined {
  const keys = Array.isArray(sort) ? sort.map(String) : typeof sort === 'string' ? sort.split(',') : []
  const named = keys.map((key) => key.trim()).filter((key) => key !== '')
  return named.length > 0 ? named : undefined
}

function sorted(
  context: Context,
  model: Model,
  rows: readonly Stamps[],
  keys: readonly string[],
): readonly Stamps[] {
  if (keys.length === 0) return rows
  const orders = keys.map((key) => {
    const name = key.replace(/^[+-]/, '')
    return { getter: getterOf(context, model, name), descending: key.startsWith('-') }
  })
  return [...rows].sort((a, b) => {
    for (const { getter, descending } of orders) {
      const order = compare(getter(a), getter(b), descending)
      if (order !== 0) return order
    }
    return 0
  })
}

function getterOf(context: Context, model: Model, name: string): Getter {
  const found = model.field(context, name)
  if (found) return found
  const dialect = dialectOf(context.server.flavour)
  if (dialect.knowsFields) throw dialect.bad(`Property ${name} for type ${model.label} not found`)
  return () => undefined
}

/** Absent values come last in either direction. */
function compare(a: unknown, b: unknown, descending: boolean): number {
  const [isA, isB] = [a !== undefined && a !== null, b !== undefined && b !== null]
  if (!isA || !isB) return isA === isB ? 0 : isA ? -1 : 1
  const order = ordered(a, b) || 0
  return descending ? -order : order
}
