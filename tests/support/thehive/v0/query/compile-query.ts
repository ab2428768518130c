import type { Context } from '../../semantics/context.ts'
import type { Stamps } from '../../state/types.ts'
import { isObject, type Json } from '../parameters.ts'
import { dialectOf, type Dialect } from './dialect.ts'
import type { Getter, Model } from './model.ts'
import { queryString } from './query-string.ts'
import * as values from './values.ts'

export type Predicate = (record: Stamps) => boolean
export type Models = Readonly<Record<string, Model>>

type Frame = { context: Context; models: Models; model: Model; dialect: Dialect }

/** `query` as a predicate over the rows of `model`. Throws what its generation answers to a question it cannot read. */
export function compileQuery(context: Context, models: Models, model: Model, query: unknown): Predicate {
  const dialect = dialectOf(context.server.flavour)
  return compile({ context, models, model, dialect }, query)
}

function compile(frame: Frame, query: unknown): Predicate {
  const { dialect } = frame
  if (query === undefined) return () => true
  if (!isObject(query)) throw dialect.bad('A query is an object')
  const keys = Object.keys(query)
  if (keys.length === 0) return () => true
  if ('_field' in query && '_value' in query)
    return fieldTest(frame, String(query._field), values.equals(dialect, query._value))
  const [key] = keys
  if (key === undefined || keys.length > 1)
    throw dialect.bad(`A query has one operator, not ${keys.join(', ')}`)
  return operator(frame, key, query[key])
}

function operator(frame: Frame, key: string, operand: unknown): Predicate {
  const composed = compose(frame, key, operand)
  if (composed) return composed
  const compared = compareWith(frame, key, operand)
  if (compared) return compared
  if (key.startsWith('_') && frame.dialect.knowsFields && key !== '_type') {
    throw frame.dialect.bad(`Unknown filter operator ${key}`)
  }
  return fieldTest(frame, key, values.equals(frame.dialect, operand), true)
}

function compose(frame: Frame, key: string, operand: unknown): Predicate | undefined {
  const { context, model, dialect } = frame
  switch (key) {
    case '_any':
      return () => true
    case '_and':
    case '_or': {
      if (!Array.isArray(operand)) throw dialect.bad(`${key} expects a list`)
      const parts = operand.map((part) => compile(frame, part))
      return (record) =>
        key === '_and' ? parts.every((part) => part(record)) : parts.some((part) => part(record))
    }
    case '_not': {
      const inner = compile(frame, operand)
      return (record) => !inner(record)
    }
    case '_id':
      if (dialect.flavour === 'thehive4' && !String(operand).startsWith('~'))
        throw dialect.bad(`${String(operand)} is no id`)
      return (record) => record.id === operand
    case '_string':
      // Source: TheHive 4 takes it and does not look at it.
      return dialect.flavour === 'thehive3' ? queryString(context, model, String(operand)) : () => true
    case '_type':
      return dialect.flavour === 'thehive3' ? () => operand === model.type : undefined
    case '_parent':
      return parentTest(frame, operand)
    case '_child':
      return childTest(frame, operand)
    default:
      return undefined
  }
}

function related(frame: Frame, operand: unknown): { type: string; accepts: Predicate } {
  const { context, models, dialect } = frame
  if (!isObject(operand)) throw dialect.bad('_parent and _child expect an object')
  const type = String(operand._type)
  const model = models[type]
  if (!model) throw dialect.bad(`Unknown type ${type}`)
  if (operand._id !== undefined) return { type, accepts: (record) => record.id === operand._id }
  return { type, accepts: compile({ context, models, model, dialect }, operand._query) }
}

function parentTest(frame: Frame, operand: unknown): Predicate {
  const { type, accepts } = related(frame, operand)
  return (record) => {
    const parent = frame.model.parent?.(record)
    return parent?.type === type && accepts(parent.record)
  }
}

function childTest(frame: Frame, operand: unknown): Predicate {
  const { type, accepts } = related(frame, operand)
  const children = frame.model.children[type]
  return (record) => children?.(record).some(accepts) ?? false
}

const orders: Record<string, (order: number) => boolean> = {
  _gt: (order) => order > 0,
  _gte: (order) => order >= 0,
  _lt: (order) => order < 0,
  _lte: (order) => order <= 0,
}

/** The field and the value of `{"_field": f, "_value": v}` or `{f: v}`, whichever the generation reads. */
function fieldAndValue({ dialect }: Frame, key: string, operand: unknown): [string, unknown] {
  if (!isObject(operand)) throw dialect.bad(`${key} expects an object`)
  if ('_field' in operand && '_value' in operand && (dialect.flavour === 'thehive4' || !(key in orders))) {
    return [String(operand._field), operand._value]
  }
  const [entry, ...more] = Object.entries(operand)
  if (!entry || more.length > 0) throw dialect.bad(`${key} expects one field and its value`)
  return entry
}

function compareWith(frame: Frame, key: string, operand: unknown): Predicate | undefined {
  const { dialect } = frame
  const order = orders[key]
  if (order) {
    const [field, value] = fieldAndValue(frame, key, operand)
    return fieldTest(frame, field, values.compares(order, value))
  }
  switch (key) {
    case '_between':
      return between(frame, operand)
    case '_in':
      return among(frame, operand)
    case '_contains':
      return fieldTest(frame, String(isObject(operand) ? operand._field : operand), values.hasValue)
    case '_like':
    case '_wildcard': {
      const [field, value] = fieldAndValue(frame, key, operand)
      if (dialect.flavour === 'thehive4') return fieldTest(frame, field, values.endWildcards(String(value)))
      return fieldTest(
        frame,
        field,
        key === '_like' ? values.matches(String(value)) : values.wildcard(String(value)),
      )
    }
    default:
      return dialect.flavour === 'thehive4' ? onlyInFour(frame, key, operand) : undefined
  }
}

function onlyInFour(frame: Frame, key: string, operand: unknown): Predicate | undefined {
  if (!['_is', '_ne', '_startsWith', '_endsWith'].includes(key)) return undefined
  const [field, value] = fieldAndValue(frame, key, operand)
  const same = values.equals(frame.dialect, value)
  if (key === '_is') return fieldTest(frame, field, same, true)
  // An absent field differs from nothing.
  if (key === '_ne')
    return fieldTest(frame, field, (actual) => values.hasValue(actual) && !same(actual), true)
  return fieldTest(frame, field, values.atItsEnd(key === '_startsWith' ? 'start' : 'end', String(value)))
}

function between(frame: Frame, operand: unknown): Predicate {
  const { dialect } = frame
  if (!isObject(operand)) throw dialect.bad('_between expects an object')
  const { _field, _from, _to } = operand
  if (typeof _field !== 'string' || _from === undefined || _to === undefined) {
    throw dialect.bad('_between expects _field, _from and _to')
  }
  const low = dialect.betweenTakesLow ? (order: number) => order >= 0 : (order: number) => order > 0
  return fieldTest(
    frame,
    _field,
    values.inRange(low, _from, (order) => order < 0, _to),
  )
}

function among(frame: Frame, operand: unknown): Predicate {
  const { _field, _values } = isObject(operand) ? operand : ({} as Json)
  if (typeof _field !== 'string' || !Array.isArray(_values))
    throw frame.dialect.bad('_in expects _field and _values')
  const tests = _values.map((value) => values.equals(frame.dialect, value))
  return fieldTest(frame, _field, (actual) => tests.some((test) => test(actual)), true)
}

function fieldTest(
  frame: Frame,
  name: string,
  test: (value: unknown) => boolean,
  isEquality = false,
): Predicate {
  const { context, model } = frame
  if (!isEquality && model.equalityOnly.has(name)) return () => false
  const getter = fieldOf(frame, context, name)
  return (record) => test(getter(record))
}

function fieldOf({ model, dialect }: Frame, context: Context, name: string): Getter {
  const found = model.field(context, name)
  if (found) return found
  if (dialect.knowsFields) throw dialect.bad(`Property ${name} for type ${model.label} not found`)
  return () => undefined
}
