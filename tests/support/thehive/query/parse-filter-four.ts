import { badRequest } from '../state/errors.ts'
import type { Comparison, Filter } from './filter.ts'

type Json = Record<string, unknown>

const comparisons: Record<string, Comparison> = {
  _is: 'eq',
  _ne: 'ne',
  _gt: 'gt',
  _gte: 'gte',
  _lt: 'lt',
  _lte: 'lte',
  _startsWith: 'startsWith',
  _endsWith: 'endsWith',
}

/** Reads one filter object of TheHive 4: no `_eq`, `_match`, `_has`, no relative dates. Throws 400 on what it has not. */
export function parseFilterOfFour(source: unknown): Filter {
  const object = asObject(source, 'filter')
  const keys = Object.keys(object)
  if (keys.length === 0) return { op: 'any' }
  if ('_field' in object && '_value' in object) {
    return { op: 'eq', field: asText(object._field, '_field'), value: object._value }
  }
  const [key] = keys
  if (key === undefined || keys.length > 1)
    throw badRequest(`A filter has one operator, not ${keys.join(', ')}`)
  return parseOperator(key, object[key])
}

function parseOperator(key: string, operand: unknown): Filter {
  const comparison = Object.hasOwn(comparisons, key) ? comparisons[key] : undefined
  if (comparison) {
    const [field, value] = fieldAndValue(key, operand)
    return { op: comparison, field, value }
  }
  switch (key) {
    case '_any':
      return { op: 'any' }
    case '_string':
      // Source: taken, noted in the server's log, and not looked at.
      return { op: 'any' }
    case '_and':
    case '_or':
      if (!Array.isArray(operand)) throw badRequest(`${key} expects a list of filters`)
      return { op: key === '_and' ? 'and' : 'or', of: operand.map(parseFilterOfFour) }
    case '_not':
      return { op: 'not', of: parseFilterOfFour(operand) }
    case '_id':
      return { op: 'id', id: asId(operand) }
    case '_contains':
      return { op: 'has', field: asText(operand, key) }
    case '_like':
    case '_wildcard':
      return like(...fieldAndValue(key, operand))
    case '_between':
    case '_in':
      return range(key, asObject(operand, key))
    default:
      if (key.startsWith('_')) throw badRequest(`Unknown filter operator ${key}`)
      return { op: 'eq', field: key, value: operand }
  }
}

function range(key: '_between' | '_in', { _field, _from, _to, _values }: Json): Filter {
  const field = asText(_field, key)
  if (key === '_in') {
    if (!Array.isArray(_values)) throw badRequest('_in expects _values')
    return { op: 'in', field, values: _values }
  }
  if (_from === undefined || _to === undefined) throw badRequest('_between expects _from and _to')
  return { op: 'between', field, from: _from, to: _to }
}

/** Wildcards count at the ends alone; without one it is equality. */
function like(field: string, value: unknown): Filter {
  const text = asText(value, '_like')
  const [starts, ends] = [text.startsWith('*'), text.endsWith('*') && text.length > 1]
  const inner = text.slice(starts ? 1 : 0, ends ? -1 : undefined)
  if (starts && ends) return { op: 'contains', field, value: inner }
  if (starts) return { op: 'endsWith', field, value: inner }
  return { op: ends ? 'startsWith' : 'eq', field, value: inner }
}

/** `{"_field": f, "_value": v}`, or the older `{f: v}`. */
function fieldAndValue(key: string, operand: unknown): [string, unknown] {
  const object = asObject(operand, key)
  if ('_field' in object) {
    if (object._value === undefined) throw badRequest(`${key} expects _field and _value`)
    return [asText(object._field, key), object._value]
  }
  const [entry, ...more] = Object.entries(object)
  if (!entry || more.length > 0) throw badRequest(`${key} expects one field and its value`)
  return entry
}

function asId(value: unknown): string {
  const id = asText(value, '_id')
  if (!id.startsWith('~')) throw badRequest(`${id} is no id`)
  return id
}

function asObject(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest(`${what} expects an object`)
  return value as Json
}

function asText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw badRequest(`${what} expects a text`)
  return value
}
