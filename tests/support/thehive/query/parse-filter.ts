import { badRequest } from '../state/errors.ts'
import type { Comparison, Filter } from './filter.ts'
import { isRelativeDate, resolveRelativeDate } from './relative-date.ts'

type Json = Record<string, unknown>

const comparisons: Record<string, Comparison> = {
  _eq: 'eq',
  _is: 'eq',
  _ne: 'ne',
  _gt: 'gt',
  _gte: 'gte',
  _lt: 'lt',
  _lte: 'lte',
  _startsWith: 'startsWith',
  _endsWith: 'endsWith',
  _like: 'like',
  _wildcard: 'like',
  _match: 'match',
}

/** The moment (ms) that relative dates count from; undefined where there are none. */
type Now = number | undefined

/** Reads one filter object of TheHive 5. Throws 400 on anything the language has not. */
export function parseFilter(source: unknown, now: Now): Filter {
  const object = asObject(source, 'filter')
  const keys = Object.keys(object)
  if (keys.length === 0) return { op: 'any' }
  if ('_field' in object && '_value' in object) return compare('eq', object, now)
  const [key] = keys
  if (key === undefined || keys.length > 1)
    throw badRequest(`A filter has one operator, not ${keys.join(', ')}`)
  return parseOperator(key, object[key], now)
}

function parseOperator(key: string, operand: unknown, now: Now): Filter {
  const comparison = comparisons[key]
  if (comparison) return compare(comparison, asObject(operand, key), now)
  switch (key) {
    case '_any':
      return { op: 'any' }
    case '_and':
    case '_or':
      if (!Array.isArray(operand)) throw badRequest(`${key} expects a list of filters`)
      return { op: key === '_and' ? 'and' : 'or', of: operand.map((item) => parseFilter(item, now)) }
    case '_not':
      return { op: 'not', of: parseFilter(operand, now) }
    case '_id':
      return { op: 'id', id: asText(operand, key) }
    case '_has':
    case '_contains':
      return { op: 'has', field: asText(operand, key) }
    case '_between': {
      const { _field, _from, _to } = asObject(operand, key)
      if (_from === undefined || _to === undefined) throw badRequest('_between expects _from and _to')
      return { op: 'between', field: asText(_field, key), from: literal(_from, now), to: literal(_to, now) }
    }
    case '_in': {
      const { _field, _values } = asObject(operand, key)
      if (!Array.isArray(_values)) throw badRequest('_in expects _values')
      return { op: 'in', field: asText(_field, key), values: _values }
    }
    default:
      throw badRequest(`Unknown filter operator ${key}`)
  }
}

function compare(op: Comparison, operand: Json, now: Now): Filter {
  if (operand._value === undefined) throw badRequest('A comparison expects _field and _value')
  return { op, field: asText(operand._field, '_field'), value: literal(operand._value, now) }
}

function literal(value: unknown, now: Now): unknown {
  if (!isRelativeDate(value)) return value
  if (now === undefined) throw badRequest('A date is a number of milliseconds')
  return resolveRelativeDate(value, now)
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
