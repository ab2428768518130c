import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import { allOf, conditionsOf } from '#shared/query/build.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import type { Filter } from '#shared/query/filter.ts'
import { subjectOf } from '#shared/query/subject.ts'
import type { SetAside } from '../domain/page.ts'
import type { AlertSearch, FoundAlerts, SearchCursor, SearchSortField, SearchTotal } from './alert-search.ts'
import { setAside } from './read-page.ts'

/** A page of a search as it came, and how its flavour reads it. */
export type SearchPage = {
  rows: readonly unknown[]
  search: AlertSearch
  /** What the server could not be asked. */
  local: readonly Filter[]
  /** What the server said of the total. */
  total: SearchTotal | undefined
  /** `observables`: where they travel inside the alert. */
  read: (row: unknown) => { alert: Alert; observables?: readonly Observable[] | undefined }
  /** The wire's name of a sort field. */
  nameOf: (field: SearchSortField) => string
}

/** Reads a page, keeps what fits, and says what is behind the answer. */
export function foundAlerts({ rows, search, local, total, read, nameOf }: SearchPage): FoundAlerts {
  const alerts: Alert[] = []
  const aside: SetAside[] = []
  let hasObservables = true
  for (const row of rows) {
    try {
      const { alert, observables } = read(row)
      hasObservables &&= observables !== undefined
      if (evaluate(allOf(local), subjectOf(alert, observables), search.now) === true) alerts.push(alert)
    } catch (thrown) {
      aside.push(setAside('alert', row, thrown))
    }
  }
  const next = nextOf(rows, search, nameOf)
  const notAsked = local.map((part) => ({ part, seen: isTold(part, hasObservables && rows.length > 0) }))
  const isWhole = search.cursor === undefined && next === undefined && aside.length === 0
  const counted = total && { ...total, exact: total.exact && local.length === 0 }
  const isTruth = isWhole && notAsked.every(({ seen }) => seen)
  return {
    alerts,
    setAside: aside,
    total: isTruth ? { count: alerts.length, exact: true } : counted,
    next,
    notAsked,
  }
}

/** Whether a row tells all that this part asks. */
const isTold = (part: Filter, hasObservables: boolean): boolean =>
  !conditionsOf(part).some(
    ({ field }) =>
      field === 'caseNumber' ||
      (!hasObservables && (field === 'observable' || field === 'observableType' || field === 'text')),
  )

/** Whole numbers that every alert has: a page can start at one of them. */
const bounded: ReadonlySet<string> = new Set(['date', 'createdAt', 'severity'])

/** Where a page starts: the bound to ask for, if any, and how many rows to skip. */
export function startOf({ sort, cursor }: Pick<AlertSearch, 'sort' | 'cursor'>): {
  bound: { op: 'gte' | 'lte'; field: SearchSortField; value: number } | undefined
  skip: number
} {
  const [first] = sort
  const skip = cursor?.skip ?? 0
  if (first === undefined || cursor?.value === undefined) return { bound: undefined, skip }
  const op = first.direction === 'asc' ? 'gte' : 'lte'
  return { bound: { op, field: first.field, value: cursor.value }, skip }
}

function nextOf(
  rows: readonly unknown[],
  { sort, limit, cursor }: AlertSearch,
  nameOf: SearchPage['nameOf'],
): SearchCursor | undefined {
  if (rows.length < limit) return undefined
  const [first] = sort
  const skip = (cursor?.skip ?? 0) + rows.length
  const isCounted = cursor !== undefined && cursor.value === undefined
  if (first === undefined || !bounded.has(first.field) || isCounted) return { value: undefined, skip }
  const values = rows.map((row) => (row as Readonly<Record<string, unknown>> | null)?.[nameOf(first.field)])
  const last = values.at(-1)
  // A row that does not tell its value gives no place to go on from, unless all before it share one.
  if (typeof last !== 'number' || !Number.isFinite(last) || values.some((value) => typeof value !== 'number'))
    return cursor === undefined ? { value: undefined, skip } : { value: cursor.value, skip }
  const same = values.filter((value) => value === last).length
  return { value: last, skip: cursor?.value === last ? cursor.skip + same : same }
}
