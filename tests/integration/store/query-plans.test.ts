import { describe, expect, it } from 'vitest'
import { connectCache } from '#main/store/cache/connect.ts'
import { orderQuery } from '#main/store/cache/order-query.ts'
import { queueSortFields } from '#shared/query/queue-filter.ts'
import type { QueueFilter, QueueSort } from '#shared/query/queue-filter.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { openedCache } from '#tests/support/store/temp-profile.ts'

const views: Record<string, QueueFilter> = {
  inbox: { stages: ['New', 'InProgress'] },
  mine: { stages: ['New', 'InProgress'], assignee: 'ana@acme.example' },
  unassigned: { stages: ['New', 'InProgress'], assignee: null },
  critical: { stages: ['New', 'InProgress'], severities: [4] },
  imported: { stages: ['Imported'] },
  closed: { stages: ['Closed'] },
  all: {},
}
const narrowings: Record<string, QueueFilter> = {
  nothing: {},
  'one source': { sources: ['sensor-dmz'] },
  'two sources': { sources: ['sensor-dmz', 'mail-gateway'] },
  'one type': { types: ['edr'] },
  'two severities': { severities: [3, 4] },
  'a status': { statuses: ['New'] },
  'a tag': { tags: ['edr'] },
  'without a tag': { notTags: ['edr'] },
  text: { text: 'beacon' },
  'all of them': {
    sources: ['a', 'b'],
    types: ['edr'],
    severities: [3, 4],
    tags: ['edr'],
    notTags: ['x'],
    text: 'beacon',
  },
}
const sorts: QueueSort[] = queueSortFields.flatMap((field) => [
  { field, direction: 'desc' as const },
  { field, direction: 'asc' as const },
])

/** A walk of the rows themselves, or a sort of what was found. */
function isSlow(line: string): boolean {
  return line.includes('TEMP B-TREE') || (/^(SCAN|SEARCH) a\b/.test(line) && !line.includes('COVERING INDEX'))
}

const requests = (view: QueueFilter) =>
  Object.values(narrowings).flatMap((narrower) =>
    sorts.flatMap((sort) =>
      [undefined, { value: 5, pk: 5 }].map((after) => ({
        filter: { ...view, ...narrower },
        sort,
        after,
        limit: 50,
      })),
    ),
  )

describe('the plan of every list', () => {
  it.each(Object.entries(views))(
    '%s: an index gives the order, whatever narrows it, on every page',
    (_, view) => {
      const { writer, location } = openedCache()
      fillCache(writer, 1_000)
      const db = connectCache(location, { readonly: true })
      const faults = requests(view).flatMap((request) => {
        const { sql, params } = orderQuery(request)
        const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...params)
        const lines = plan.map(({ detail }) => detail)
        return lines.some(isSlow) ? [{ filter: request.filter, sort: request.sort, lines }] : []
      })
      db.close()
      expect(faults).toEqual([])
    },
  )
})
