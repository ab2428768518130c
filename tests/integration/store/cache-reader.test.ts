import fc from 'fast-check'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { CacheReader, StoreLocation } from '#main/store/ports.ts'
import type { Alert } from '#shared/model/alert.ts'
import { allOf } from '#shared/query/build.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import { everything } from '#shared/query/filter.ts'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { newestFirst, queueSortFields } from '#shared/query/queue-sort.ts'
import type { QueueCursor, QueueSort } from '#shared/query/queue-sort.ts'
import { subjectOf } from '#shared/query/subject.ts'
import { hostileText } from '#tests/support/arbitraries.ts'
import { aCase, anAlert } from '#tests/support/make.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { openedCache, testKey } from '#tests/support/store/temp-profile.ts'

const sort: fc.Arbitrary<QueueSort> = fc.record({
  field: fc.constantFrom(...queueSortFields),
  direction: fc.constantFrom('asc', 'desc'),
})
/** What filters mean is the matter of filter-sql.test.ts; here they make lists of every size. */
const filter: fc.Arbitrary<Filter> = fc
  .subarray(
    [
      'stage:new,inprogress',
      'stage:closed or assignee:none',
      'severity>=high',
      'source:sensor-dmz,mail-gateway',
      '-type:edr',
      'tag:site-3,edr,phishing',
      '-tag:mail',
      'case:~505 or stage:new',
    ],
    { maxLength: 3 },
  )
  .map((texts) => allOf(texts.map((text) => parseFilter(text).filter)))

function keyOf(alert: Alert, field: QueueSort['field']): number {
  if (field === 'severity') return alert.severity * 1e13 + alert.date
  return field === 'date' ? alert.date : (alert.updatedAt ?? alert.createdAt)
}

function allPages(
  reader: CacheReader,
  request: { filter: Filter; sort: QueueSort },
  limit: number,
): number[] {
  const pks: number[] = []
  let after: QueueCursor | undefined
  do {
    const page = reader.order({ ...request, after, limit })
    pks.push(...page.pks)
    after = page.next ?? undefined
  } while (after !== undefined)
  return pks
}

const nothingOnIt = { observables: [], comments: [], procedures: [], attachments: [] }

describe('lists over two thousand alerts', () => {
  let location: StoreLocation
  let alerts: Alert[]
  let reader: CacheReader

  beforeAll(() => {
    location = { folder: mkdtempSync(join(tmpdir(), 'forager-list-')), keyHex: testKey, care: 'disposable' }
    const writer = openCacheWriter(location)
    alerts = fillCache(writer, 2_000)
    writer.close()
    reader = openCacheReader(location)
  })
  afterAll(() => {
    reader.close()
    rmSync(location.folder, { recursive: true })
  })

  it('hold exactly what the filter says, in the order the sort says', () => {
    fc.assert(
      fc.property(filter, sort, (wanted, order) => {
        const { pks, next } = reader.order({ filter: wanted, sort: order, after: undefined, limit: 5_000 })
        const rows = reader.rows(pks)
        expect(next).toBeNull()
        const expected = alerts
          .filter((alert) => evaluate(wanted, subjectOf(alert), 0))
          .map((alert) => keyOf(alert, order.field))
        const sign = order.direction === 'asc' ? 1 : -1
        const byId = new Map(alerts.map((alert) => [alert.id, alert]))
        const got = rows.map(({ id }) => keyOf(byId.get(id) ?? anAlert(), order.field))
        expect(got).toEqual(expected.sort((a, b) => sign * (a - b)))
      }),
      { numRuns: 150 },
    )
  })

  it('are the same in pages of any size', () => {
    fc.assert(
      fc.property(filter, sort, fc.integer({ min: 150, max: 900 }), (wanted, order, limit) => {
        const whole = reader.order({ filter: wanted, sort: order, after: undefined, limit: 5_000 }).pks
        expect(allPages(reader, { filter: wanted, sort: order }, limit)).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  it('take any typed text without an error', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { pks } = reader.order({
          filter: { op: 'contains', field: 'text', value: text },
          sort: newestFirst,
          after: undefined,
          limit: 10,
        })
        expect(pks.length).toBeLessThanOrEqual(10)
      }),
      { numRuns: 500 },
    )
  })

  it('give rows in the order asked and leave out what is gone', () => {
    const [first = 0, second = 0] = reader.order({
      filter: everything,
      sort: newestFirst,
      after: undefined,
      limit: 2,
    }).pks
    expect(reader.rows([second, 999_999, first]).map(({ pk }) => pk)).toEqual([second, first])
  })
})

describe('text search', () => {
  const titled = (...titles: string[]) => {
    const cache = openedCache()
    cache.writer.ingestAlerts(
      titles.map((title, n) => anAlert({ id: `~${n}`, title, description: '', tags: [] })),
      1,
    )
    return (text: string): string[] =>
      cache.reader
        .rows(
          cache.reader.order({
            filter: { op: 'contains', field: 'text', value: text },
            sort: newestFirst,
            after: undefined,
            limit: 50,
          }).pks,
        )
        .map(({ title }) => title)
        .sort()
  }

  it('never takes the parts of a word for the word', () => {
    const search = titled('abc bcd', 'xabcdx')
    expect(search('abcd')).toEqual(['xabcdx'])
  })

  it('finds addresses however they are written', () => {
    const search = titled('Beacon to hxxps://login[.]example', 'https://login.example/x')
    expect(search('LOGIN.example')).toHaveLength(2)
    expect(search('https://login(.)example')).toHaveLength(2)
  })

  it('takes search grammar and wildcards literally', () => {
    const search = titled('100% "OR" NOT *', 'a_b', 'aXb')
    expect(search('"or" not *')).toEqual(['100% "OR" NOT *'])
    expect(search('0%')).toEqual(['100% "OR" NOT *'])
    expect(search('_b')).toEqual(['a_b'])
  })

  it('matches within one field only', () => {
    const cache = openedCache()
    cache.writer.ingestAlerts([anAlert({ title: 'one', description: 'two' })], 1)
    const filterBy: Filter = { op: 'contains', field: 'text', value: 'one two' }
    const request = { filter: filterBy, sort: newestFirst, after: undefined, limit: 5 }
    expect(cache.reader.order(request).pks).toEqual([])
  })
})

describe('details, titles and cases', () => {
  it('say when the server last confirmed them', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1_234)
    expect(reader.detail('~1')).toEqual({ ...nothingOnIt, alert: anAlert(), fetchedAt: 1_234 })
    expect(reader.detail('~404')).toBeUndefined()
  })

  it('give titles of the alerts there are', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    expect(reader.titles(['~1', '~404'])).toEqual({ '~1': 'Encoded PowerShell' })
  })

  it('find a case by number, then by words, newest first', () => {
    const { writer, reader } = openedCache()
    writer.upsertCases([
      aCase({ id: '~a', number: 12, title: 'Old lure', startDate: 1 }),
      aCase({ id: '~b', number: 112, title: 'Lure 12', startDate: 3 }),
      aCase({ id: '~c', number: 7, title: 'Beacon', tags: ['lure'], startDate: 2 }),
    ])
    const ids = (text: string, limit = 10): string[] => reader.searchCases(text, limit).map(({ id }) => id)
    expect(ids('#12')).toEqual(['~a'])
    expect(ids('12')).toEqual(['~a', '~b'])
    expect(ids('LURE')).toEqual(['~b', '~c', '~a'])
    expect(ids('')).toEqual(['~b', '~c', '~a'])
    expect(ids('', 1)).toEqual(['~b'])
  })

  it('show the number of the case an alert belongs to', () => {
    const { writer, reader } = openedCache()
    writer.upsertCases([aCase({ id: '~9', number: 41 })])
    writer.ingestAlerts([anAlert({ caseId: '~9' })], 1)
    const { pks } = reader.order({
      filter: { op: 'eq', field: 'caseId', value: '~9' },
      sort: newestFirst,
      after: undefined,
      limit: 5,
    })
    expect(reader.rows(pks)).toMatchObject([{ caseId: '~9', caseNumber: 41 }])
  })
})
