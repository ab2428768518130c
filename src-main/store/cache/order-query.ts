import type { Filter } from '#shared/query/filter.ts'
import type { QueueCursor, QueueSort } from '#shared/query/queue-sort.ts'
import { filterSql } from './filter-sql.ts'
import type { Query } from './sql-parts.ts'

const sortColumns = { date: 'a.date', severity: 'a.urgency', updatedAt: 'a.touched_at' } as const

/** `now` (ms) is where the filter's relative times start from. */
export type OrderRequest = {
  filter: Filter
  sort: QueueSort
  after: QueueCursor | undefined
  limit: number
  now: number
}

/**
 * The row keys of a view, in order. Equal sort values go by row key; severity sorts by date within one severity, so a cursor's
 * value is `urgency` there. Indexes give the order, so nothing is sorted and a page costs its own length.
 */
export function orderQuery({ filter, sort, after, limit, now }: OrderRequest): Query {
  const column = sortColumns[sort.field]
  const { direction, down } = directions[sort.direction]
  const conditions = [
    ...filterSql(filter, { sort: sort.field, now }),
    ...(after === undefined
      ? []
      : [{ sql: `(${column}, a.pk) ${down} (?, ?)`, params: [after.value, after.pk] }]),
  ]
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  return {
    sql: `SELECT a.pk FROM alert a ${where} ORDER BY ${column} ${direction}, a.pk ${direction} LIMIT ?`,
    params: [...conditions.flatMap(({ params }) => params), limit],
  }
}

const directions = { asc: { direction: 'ASC', down: '>' }, desc: { direction: 'DESC', down: '<' } } as const

/** The sort value of one row: where a page ended. */
export const cursorValueSql = (sort: QueueSort): string =>
  `SELECT ${sortColumns[sort.field]} FROM alert a WHERE a.pk = ?`
