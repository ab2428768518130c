import { badRequest } from '../state/errors.ts'
import { compareIds } from '../state/sorted-index.ts'
import type { Stamps } from '../state/types.ts'
import type { Comparison, Filter } from './filter.ts'

export type Field = (record: Stamps) => unknown
export type Predicate = (record: Stamps) => boolean
/** The getter of a field by its wire name; undefined where the entity has no such field. */
export type FieldResolver = (name: string) => Field | undefined

/** A predicate over records. Throws 400 for a field the entity has not. */
export function compileFilter(filter: Filter, resolve: FieldResolver, typeName: string): Predicate {
  const field = (name: string): Field => {
    const found = resolve(name)
    if (!found) throw badRequest(`Property ${name} for type ${typeName} not found`)
    return found
  }
  const compile = (node: Filter): Predicate => {
    switch (node.op) {
      case 'any':
        return () => true
      case 'and': {
        const parts = node.of.map(compile)
        return (record) => parts.every((part) => part(record))
      }
      case 'or': {
        const parts = node.of.map(compile)
        return (record) => parts.some((part) => part(record))
      }
      case 'not': {
        const inner = compile(node.of)
        return (record) => !inner(record)
      }
      case 'id':
        return (record) => record.id === node.id
      case 'has':
        return hasValue(field(node.field))
      case 'between':
        return within(field(node.field), node.from, node.to)
      case 'in': {
        const values = new Set(node.values)
        return anyOf(field(node.field), (value) => values.has(value))
      }
      case 'ne':
        return differs(field(node.field), node.value)
      default:
        return anyOf(field(node.field), test(node.op, node.value))
    }
  }
  return compile(filter)
}

/** A set, such as the tags, satisfies what one of its members satisfies. */
function anyOf(field: Field, accept: (value: unknown) => boolean): Predicate {
  return (record) => {
    const value = field(record)
    if (value === undefined) return false
    return Array.isArray(value) ? value.some(accept) : accept(value)
  }
}

/** An absent field differs from nothing: graph predicates need the property [inferred]. */
function differs(field: Field, wanted: unknown): Predicate {
  return (record) => {
    const value = field(record)
    if (value === undefined) return false
    return Array.isArray(value) ? !value.includes(wanted) : value !== wanted
  }
}

function hasValue(field: Field): Predicate {
  return (record) => {
    const value = field(record)
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null
  }
}

/** From inclusive, to exclusive. */
function within(field: Field, from: unknown, to: unknown): Predicate {
  return anyOf(field, (value) => ordered(value, from) >= 0 && ordered(value, to) < 0)
}

/** Numbers by size, texts by code unit, ids by number; NaN where they cannot be compared. */
export function ordered(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN
  if (a.startsWith('~') && b.startsWith('~')) return compareIds(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

function test(op: Comparison, wanted: unknown): (value: unknown) => boolean {
  switch (op) {
    case 'gt':
      return (value) => ordered(value, wanted) > 0
    case 'gte':
      return (value) => ordered(value, wanted) >= 0
    case 'lt':
      return (value) => ordered(value, wanted) < 0
    case 'lte':
      return (value) => ordered(value, wanted) <= 0
    case 'startsWith':
      return (value) => typeof value === 'string' && value.startsWith(String(wanted))
    case 'endsWith':
      return (value) => typeof value === 'string' && value.endsWith(String(wanted))
    case 'contains':
      return (value) => typeof value === 'string' && value.includes(String(wanted))
    case 'like':
      return like(String(wanted))
    case 'match':
      return match(String(wanted))
    default:
      return (value) => value === wanted
  }
}

const escape = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')

/** Substring, letter case aside; a `*` stands for anything and is tolerated at the ends. */
function like(wanted: string): (value: unknown) => boolean {
  const inner = wanted.replace(/^\*+|\*+$/g, '')
  const pattern = new RegExp(inner.split('*').map(escape).join('.*'), 'is')
  return (value) => typeof value === 'string' && pattern.test(value)
}

/** Contains the word, letter case aside. */
function match(wanted: string): (value: unknown) => boolean {
  const pattern = new RegExp(
    `(^|[^\\p{L}\\p{N}_])${escape(wanted).replaceAll('*', '\\*')}($|[^\\p{L}\\p{N}_])`,
    'iu',
  )
  return (value) => typeof value === 'string' && pattern.test(value)
}
