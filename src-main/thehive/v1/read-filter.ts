import { allOf, anyOf } from '#shared/query/build.ts'
import { everything, filterSchema } from '#shared/query/filter.ts'
import type { Filter } from '#shared/query/filter.ts'
import type { TlpScale } from '../scales.ts'
import { fieldNamed } from './filter-fields.ts'
import type { FilterField, FilterOperator } from './filter-fields.ts'
import { Unreadable } from './unreadable.ts'

/** The filter in Forager's words, or why it cannot be said in them. */
export type ReadFilter = { filter: Filter } | { reason: string }

/** Reads a filter as `/api/v1/query` takes it (api.md §5.4). Nothing of it is left out: what cannot be said as a whole is not said. */
export function readFilter(source: unknown, scale: TlpScale): ReadFilter {
  try {
    const read = filterSchema.safeParse(readNode(source, (name) => fieldNamed(name, scale)))
    return read.success ? { filter: read.data } : { reason: 'It holds a value Forager cannot filter by.' }
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { reason: thrown.message }
    throw thrown
  }
}

type Fields = (name: string) => FilterField
type Operand = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Operand =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper is no question of an analyst's, and nothing but a filter bounds what a server stores. */
const deepest = 40

function readNode(source: unknown, fields: Fields, depth = 0): Filter {
  if (!isObject(source)) throw new Unreadable('Its filter is not in the form of a query.')
  if (depth > deepest) throw new Unreadable('Its filter is nested too deeply.')
  const names = Object.keys(source)
  if (names.length === 0) return everything
  if ('_field' in source) return fields(textOf(source['_field'])).test('eq', source['_value'])
  const [name] = names
  if (name === undefined || names.length > 1)
    throw new Unreadable('A part of its filter says several things.')
  return readOperator(name, source[name], { fields, depth })
}

function readOperator(name: string, operand: unknown, at: { fields: Fields; depth: number }): Filter {
  switch (name) {
    case '_any':
      return everything
    case '_and':
      return allOf(partsOf(operand, at))
    case '_or':
      return anyOf(partsOf(operand, at))
    case '_not':
      return { op: 'not', of: readNode(operand, at.fields, at.depth + 1) }
    case '_has':
    case '_contains':
      return at.fields(isObject(operand) ? textOf(operand['_field']) : textOf(operand)).isThere()
    default:
      return readComparison(name, operand, at.fields)
  }
}

const partsOf = (operand: unknown, { fields, depth }: { fields: Fields; depth: number }): Filter[] => {
  if (!Array.isArray(operand)) throw new Unreadable('A group in its filter is not a list.')
  return operand.map((part) => readNode(part, fields, depth + 1))
}

const comparisons: Readonly<Record<string, FilterOperator>> = {
  ...{ _eq: 'eq', _is: 'eq', _ne: 'ne', _gt: 'gt', _gte: 'gte', _lt: 'lt', _lte: 'lte' },
  ...{ _like: 'like', _wildcard: 'like', _startsWith: 'startsWith', _endsWith: 'endsWith' },
}

function readComparison(name: string, operand: unknown, fields: Fields): Filter {
  const op = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined
  const isKnown = op !== undefined || name === '_between' || name === '_in'
  if (!isKnown || !isObject(operand)) throw new Unreadable(`Forager has no “${name}”.`)
  const field = fields(textOf(operand['_field']))
  if (op !== undefined) return field.test(op, operand['_value'])
  // From inclusive, to exclusive.
  if (name === '_between')
    return allOf([field.test('gte', operand['_from']), field.test('lt', operand['_to'])])
  const values = operand['_values']
  if (!Array.isArray(values)) throw new Unreadable('A list of values in its filter is none.')
  return anyOf(values.map((value) => field.test('eq', value)))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new Unreadable('A part of its filter names no field.')
}
