import type { Filter } from './filter.ts'

/** Low inclusive, high exclusive, in ms. */
export type Range = { low: number; high: number }

/** Ranges of the creation stamp, and of the last-change-or-creation stamp, outside which nothing can match. */
export type Bounds = { created: Range; touched: Range; requiresUpdate: boolean }

const everything: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
export const unbounded: Bounds = { created: everything, touched: everything, requiresUpdate: false }

const meet = (a: Range, b: Range): Range => ({ low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) })
const hull = (a: Range, b: Range): Range => ({ low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) })

export function meetBounds(a: Bounds, b: Bounds): Bounds {
  const requiresUpdate = a.requiresUpdate || b.requiresUpdate
  return { created: meet(a.created, b.created), touched: meet(a.touched, b.touched), requiresUpdate }
}

function hullBounds(a: Bounds, b: Bounds): Bounds {
  const requiresUpdate = a.requiresUpdate && b.requiresUpdate
  return { created: hull(a.created, b.created), touched: hull(a.touched, b.touched), requiresUpdate }
}

/** What `filter` implies for the two stamps. Sound because no record changes before it is created. */
export function boundsOf(filter: Filter): Bounds {
  switch (filter.op) {
    case 'and':
      return filter.of.map(boundsOf).reduce(meetBounds, unbounded)
    case 'or':
      return filter.of.length === 0 ? unbounded : filter.of.map(boundsOf).reduce(hullBounds)
    case 'gt':
    case 'gte':
      return stampBounds(filter.field, { ...everything, low: bound(filter.value, -Infinity) })
    case 'lt':
    case 'lte':
      return stampBounds(filter.field, { ...everything, high: bound(filter.value, Infinity) + 1 })
    case 'between':
      return stampBounds(filter.field, {
        low: bound(filter.from, -Infinity),
        high: bound(filter.to, Infinity),
      })
    default:
      return unbounded
  }
}

const bound = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)

function stampBounds(field: string, range: Range): Bounds {
  if (field === '_createdAt') {
    return { created: range, touched: { ...everything, low: range.low }, requiresUpdate: false }
  }
  if (field === '_updatedAt') {
    return { created: { ...everything, high: range.high }, touched: range, requiresUpdate: true }
  }
  return unbounded
}
