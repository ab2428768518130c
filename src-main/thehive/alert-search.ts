import type { Alert } from '#shared/model/alert.ts'
import type { Filter } from '#shared/query/filter.ts'
import type { SetAside } from '../domain/page.ts'

/** Fields that every flavour keeps as one value an alert, and can sort by. */
export const searchSortFields = [
  'date',
  'createdAt',
  'updatedAt',
  'severity',
  'type',
  'source',
  'sourceRef',
] as const
export type SearchSortField = (typeof searchSortFields)[number]
export type AlertSort = { field: SearchSortField; direction: 'asc' | 'desc' }

/** What is looked for. A custom field whose type is not given is looked at locally: a server refuses a value of another type. */
export type Wanted = {
  filter: Filter
  /** ms since the epoch: the anchor of relative times. */
  now: number
  /** Types by name, as the catalogue tells them. */
  customFields?: ReadonlyMap<string, string> | undefined
}

/**
 * Where a page ended. `value` is that of the first sort field, and `skip` how many rows with just that value were seen: what
 * comes or goes before it moves nothing. Without a value the rows are counted from the start.
 */
export type SearchCursor = { value: number | undefined; skip: number }

export type AlertSearch = Wanted & {
  /** The first counts most; the adapter adds what makes the order the same every time. `updatedAt` is absent until the first change, and such alerts stand where the server puts them. */
  sort: readonly AlertSort[]
  limit: number
  cursor?: SearchCursor | undefined
}

/** A part of the filter that the server could not be asked, so that Forager looked at the rows itself. */
export type NotAsked = {
  part: Filter
  /** False: the rows do not tell it all (observables, numbers of cases), and what they do not tell counts as absent. */
  seen: boolean
}

/** How many the server counts for what it was asked. Not exact: it stopped counting, or was asked less than was wanted. */
export type SearchTotal = { count: number; exact: boolean }

export type FoundAlerts = {
  alerts: Alert[]
  /** Rows that could not be read, whether they fit or not. */
  setAside: SetAside[]
  /** With the first page only; undefined where the server does not say. */
  total: SearchTotal | undefined
  /** Undefined: this was the last page. */
  next: SearchCursor | undefined
  notAsked: NotAsked[]
}

export const statFields = ['status', 'severity', 'type', 'source', 'tags'] as const
export type StatField = (typeof statFields)[number]
export type StatCount = { value: string; count: number }

/** Asking the server itself, which knows alerts that are not copied yet. */
export interface AlertSearching {
  /** One page of what fits. A row that cannot be read is set aside, and the page goes on. */
  findAlerts(search: AlertSearch, signal: AbortSignal): Promise<FoundAlerts>
  /** How many alerts the server holds, or how many fit; undefined where it cannot say, or cannot be asked all of the filter. */
  countAlerts(signal: AbortSignal, wanted?: Wanted): Promise<number | undefined>
  /** How many fit by value, most first, none with 0; undefined where the server cannot say, or cannot be asked all of the filter. */
  alertStats(by: StatField, wanted: Wanted, signal: AbortSignal): Promise<StatCount[] | undefined>
}
