import { compareIds } from '../state/sorted-index.ts'
import type { Stamps } from '../state/types.ts'
import { meetBounds, unbounded, type Bounds, type Range } from './bounds.ts'
import { ordered, type Field, type Predicate } from './compile-filter.ts'

export type SortKey = { name: string; field: Field; descending: boolean }

type Index = { readonly rows: readonly Stamps[]; lowerBound: (stamp: number) => number }

/** A whole collection with its indexes. */
export type Indexed = { readonly created: Index; readonly touched: Index }

/** A lazy list: where the records come from, what they must satisfy, and in which order they are wanted. */
export type Selection = {
  source: Indexed | readonly Stamps[]
  predicates: readonly Predicate[]
  bounds: Bounds
  sort: readonly SortKey[]
}

export const select = (source: Selection['source']): Selection => ({
  source,
  predicates: [],
  bounds: unbounded,
  sort: [],
})

export const narrow = (selection: Selection, predicate: Predicate, bounds: Bounds): Selection => ({
  ...selection,
  predicates: [...selection.predicates, predicate],
  bounds: meetBounds(selection.bounds, bounds),
})

type Candidates = { rows: readonly Stamps[]; order: '_createdAt' | '_updatedAt' | undefined }

function slice(index: Index, range: Range): { from: number; to: number } {
  const from = range.low === Number.NEGATIVE_INFINITY ? 0 : index.lowerBound(range.low)
  const to = range.high === Number.POSITIVE_INFINITY ? index.rows.length : index.lowerBound(range.high)
  return { from, to: Math.max(from, to) }
}

/** The smaller of the two index slices; the one in the wanted order where it is not much larger. */
function candidates(selection: Selection): Candidates {
  if (!('created' in selection.source)) return { rows: selection.source, order: undefined }
  const { created, touched } = selection.source
  const byCreation = slice(created, selection.bounds.created)
  const byTouch = slice(touched, selection.bounds.touched)
  const [creationSize, touchSize] = [byCreation.to - byCreation.from, byTouch.to - byTouch.from]
  const wanted = selection.sort[0]?.name
  const preferTouch =
    wanted === '_updatedAt'
      ? touchSize <= creationSize * 4
      : touchSize * (wanted === '_createdAt' ? 4 : 1) < creationSize
  if (preferTouch) return { rows: touched.rows.slice(byTouch.from, byTouch.to), order: '_updatedAt' }
  return { rows: created.rows.slice(byCreation.from, byCreation.to), order: '_createdAt' }
}

/** Whether the index order already is the wanted order, and in which direction it must be read. */
function readingOf(selection: Selection, order: Candidates['order']): 'forward' | 'backward' | undefined {
  const [first, second, ...more] = selection.sort
  if (!first) return 'forward'
  if (first.name !== order || more.length > 0) return undefined
  if (order === '_updatedAt' && !selection.bounds.requiresUpdate) return undefined
  if (second && (second.name !== '_id' || second.descending !== first.descending)) return undefined
  return first.descending ? 'backward' : 'forward'
}

function compareBy(sort: readonly SortKey[]): (a: Stamps, b: Stamps) => number {
  return (a, b) => {
    for (const { field, descending } of sort) {
      const order = compareValues(field(a), field(b), descending)
      if (order !== 0) return order
    }
    return compareIds(a.id, b.id)
  }
}

/** Absent values come last in either direction [inferred]. */
function compareValues(a: unknown, b: unknown, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  const order = ordered(a, b) || 0
  return descending ? -order : order
}

/** Every matching row in order, or with `stopAt` no more than that many. */
export function rowsOf(selection: Selection, stopAt = Number.POSITIVE_INFINITY): readonly Stamps[] {
  const { rows, order } = candidates(selection)
  const reading = readingOf(selection, order)
  if (selection.predicates.length === 0 && reading === 'forward') return rows.slice(0, stopAt)
  const accepts = (row: Stamps) => selection.predicates.every((predicate) => predicate(row))
  const result: Stamps[] = []
  const end = reading === undefined ? Number.POSITIVE_INFINITY : stopAt
  for (let at = 0; at < rows.length && result.length < end; at++) {
    const row = rows[reading === 'backward' ? rows.length - 1 - at : at] as Stamps
    if (accepts(row)) result.push(row)
  }
  return reading === undefined ? result.sort(compareBy(selection.sort)) : result
}
