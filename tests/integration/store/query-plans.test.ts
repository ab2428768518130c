import { describe, expect, it } from 'vitest'
import { connectCache } from '#main/store/cache/connect.ts'
import { orderQuery } from '#main/store/cache/order-query.ts'
import { allOf } from '#shared/query/build.ts'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { queueSortFields } from '#shared/query/queue-sort.ts'
import type { QueueSort } from '#shared/query/queue-sort.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { openedCache } from '#tests/support/store/temp-profile.ts'

const views: Record<string, string> = {
  inbox: 'stage:new,inprogress gone:no',
  mine: 'stage:new,inprogress gone:no assignee:ana@acme.example',
  unassigned: 'stage:new,inprogress gone:no assignee:none',
  critical: 'stage:new,inprogress gone:no severity:critical',
  imported: 'stage:imported',
  closed: 'stage:closed',
  all: '',
}
/** What is told from the index that gives the order. */
const narrowings = [
  ...[
    '',
    'source:sensor-dmz',
    'source:sensor-dmz,mail-gateway',
    'type:edr',
    'severity:high,critical',
    'severity>=high',
  ],
  ...[
    'status:New',
    'tag:edr',
    '-tag:edr',
    'tag^=ed',
    'beacon',
    'obs:203.0.113.0/24',
    'obs:evil.example',
    'obstype:ip',
    'gone:yes',
  ],
  ...[
    'source:a,b type:edr severity>=high tag:edr -tag:x beacon',
    '(source:mail or assignee:none) -severity:low',
  ],
  ...['source:mail-* or -type:edr', 'case:12', 'case:none'],
]
/** What the indexes do not hold: rows are looked up on the way, in order all the same. */
const lookups = [
  ...[
    'tlp>=amber',
    'pap:red',
    'title:lure',
    'ref$=7',
    'description:x1y2',
    'cf.risk>=5',
    'read:no',
    'summary:none',
  ],
  ...['observables>3', 'created>-7d', 'ab', '(title:lure or tlp:red) -by:feed'],
]
/** Told from an index when the list goes by date or severity. */
const dated = [
  'date>-7d',
  'date:2026-01-01..2026-01-31',
  '-date:2026-01-15',
  'date<2026-01-15 source:a or date>-1d',
]

const sorts: QueueSort[] = queueSortFields.flatMap((field) => [
  { field, direction: 'desc' as const },
  { field, direction: 'asc' as const },
])

const isSorted = (line: string): boolean => line.includes('TEMP B-TREE')
/** A walk of the rows themselves, not of an index alone. */
const isLookup = (line: string): boolean =>
  /^(SCAN|SEARCH) a\b/.test(line) && !line.includes('COVERING INDEX')

const readText = (text: string): Filter => parseFilter(text).filter
const requests = (view: string, narrower: readonly string[], fields: readonly QueueSort[] = sorts) =>
  narrower.flatMap((text) =>
    fields.flatMap((sort) =>
      [undefined, { value: 5, pk: 5 }].map((after) => ({
        ...{
          filter: allOf([readText(view), readText(text)]),
          sort,
          after,
          limit: 50,
          now: 1_769_900_000_000,
        },
        text,
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
      const faultsOf = (asked: ReturnType<typeof requests>, isFault: (line: string) => boolean) =>
        asked.flatMap((request) => {
          const { sql, params } = orderQuery(request)
          const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...params)
          const lines = plan.map(({ detail }) => detail)
          return lines.some(isFault) ? [{ text: request.text, sort: request.sort, lines }] : []
        })
      const isSlow = (line: string): boolean => isSorted(line) || isLookup(line)
      const faults = [
        ...faultsOf(requests(view, narrowings), isSlow),
        ...faultsOf(
          requests(
            view,
            dated,
            sorts.filter(({ field }) => field !== 'updatedAt'),
          ),
          isSlow,
        ),
        ...faultsOf(requests(view, [...lookups, ...dated, 'updated>-2d']), isSorted),
      ]
      db.close()
      expect(faults).toEqual([])
    },
  )

  it('walks only the days asked for', () => {
    const { location } = openedCache()
    const db = connectCache(location, { readonly: true })
    const [request] = requests('stage:new,inprogress', ['date>-7d'])
    const { sql, params } = orderQuery(request ?? expect.fail('no request'))
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...params)
    db.close()
    expect(plan[0]?.detail).toContain('(date>?)')
  })
})
