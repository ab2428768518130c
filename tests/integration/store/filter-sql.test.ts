import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { CacheReader, StoreLocation } from '#main/store/ports.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import { textFields } from '#shared/query/fields.ts'
import { textOperators } from '#shared/query/filter.ts'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
import { queueSortFields } from '#shared/query/queue-sort.ts'
import { subjectOf } from '#shared/query/subject.ts'
import type { Subject } from '#shared/query/subject.ts'
import { wellFormed } from '#shared/util/well-formed.ts'
import { condition, filterOf } from '#tests/support/query/conditions.ts'
import { sentAlert } from '#tests/support/query/sent-alert.ts'
import { plausibleWords, randomWorld, worldNow } from '#tests/support/query/world.ts'

/** As senders have them who count from another year, or in other units. */
const farOff = [-11_644_473_600_000, -1, 12_000_000_000_000, 8_640_000_000_000_000].map((at, n) =>
  sentAlert({ _id: `~far${n}`, sourceRef: `far-${n}`, date: at, _updatedAt: at }),
)

/** As a feed leaves a text that it cuts in the middle of an emoji. */
const cut = 'alarm \ud83d'
const cutOff = sentAlert({
  ...{ _id: '~cut', sourceRef: cut, type: cut, source: cut, title: cut, description: cut, status: cut },
  ...{ summary: cut, externalLink: cut, caseTemplate: cut, assignee: cut, caseId: cut, _createdBy: cut },
  ...{ tags: [cut], customFields: [{ name: cut, type: 'string', value: cut }] },
})

describe('a filter asked of the database', () => {
  let location: StoreLocation
  let reader: CacheReader
  let subjects: Map<string, Subject>

  beforeAll(() => {
    location = {
      folder: mkdtempSync(join(tmpdir(), 'forager-filter-')),
      keyHex: undefined,
      care: 'disposable',
    }
    const { alerts, observables, cases } = randomWorld(400)
    alerts.push(...farOff, cutOff)
    const writer = openCacheWriter(location)
    writer.beginFill()
    writer.upsertCases(cases)
    writer.ingestAlerts(alerts, 1)
    writer.ingestObservables(observables)
    while (!writer.finishFillStep().done);
    writer.close()
    reader = openCacheReader(location)
    const numbers = new Map(cases.map(({ id, number }) => [id, number]))
    subjects = new Map(
      alerts.map((alert) => {
        const own = observables.filter(({ alertId }) => alertId === alert.id)
        const number = numbers.get(alert.caseId ?? '')
        return [
          alert.id,
          subjectOf(
            alert,
            own.map(({ observable }) => observable),
            number,
          ),
        ]
      }),
    )
  })
  afterAll(() => {
    reader.close()
    rmSync(location.folder, { recursive: true })
  })

  const asked = (filter: Filter, field: (typeof queueSortFields)[number] = 'date'): string[] => {
    const sort = { field, direction: 'desc' } as const
    const { pks, next } = reader.order({ filter, sort, after: undefined, limit: 1_000, now: worldNow })
    expect(next).toBeNull()
    return reader.rows(pks).map(({ id }) => id)
  }
  const meant = (filter: Filter): string[] =>
    [...subjects].filter(([, subject]) => evaluate(filter, subject, worldNow)).map(([id]) => id)
  const compare = (filter: Filter, field?: (typeof queueSortFields)[number]): number => {
    const text = printFilter(filter)
    const expected = meant(filter)
    expect({ text, found: asked(filter, field).sort() }).toEqual({ text, found: expected.sort() })
    return expected.length
  }

  it('finds what each condition means', () => {
    let told = 0
    fc.assert(
      fc.property(condition(plausibleWords), fc.constantFrom(...queueSortFields), (one, field) => {
        const count = compare(one, field)
        if (count > 0 && count < subjects.size) told += 1
      }),
      { numRuns: 3_000 },
    )
    // Otherwise the words asked for would be words that never occur.
    expect(told).toBeGreaterThan(1_000)
  })

  it('finds what groups of conditions mean, however they are nested', () => {
    const filter = filterOf(condition(plausibleWords))
    fc.assert(
      fc.property(
        filter,
        fc.constantFrom(...queueSortFields),
        (wanted, field) => void compare(wanted, field),
      ),
      { numRuns: 1_500 },
    )
  })

  it.each(textFields.filter((field) => !field.startsWith('observable')))(
    'finds by %s what was cut in the middle of an emoji, in every way',
    (field) => {
      for (const op of textOperators) compare(wellFormed({ op, field, value: cut }))
      compare(wellFormed({ op: 'in', field, values: [cut, 'mail'] }))
      expect(asked(wellFormed({ op: 'eq', field, value: cut }))).toEqual([cutOff.id])
    },
  )

  it('finds a custom field that was cut in its name and in its value', () => {
    const custom = { field: 'customField', name: cut } as const
    for (const filter of [
      { op: 'eq', ...custom, value: cut },
      { op: 'in', ...custom, values: [cut, 'mail'] },
      { op: 'contains', ...custom, value: cut },
      { op: 'has', ...custom },
    ] satisfies Filter[])
      expect(asked(wellFormed(filter))).toEqual([cutOff.id])
  })

  it.each([
    'stage:new,inprogress assignee:none severity>=high',
    'obs:10.0.0.0/8 -tag:fp',
    'obs:192.0.2.0/24 or obs:2001:db8::/32',
    '(source:mail or source:edr) -(severity:low date<-3d)',
    'title:invoice description:invoice',
    'cf.business-unit:retail,plant cf.risk>=5',
    'case:7..9 or case:none "in"',
    'updated>-2d created<=today read:no',
    'summary:none link:* -template:none',
  ])('answers %s as it is meant', (text) => {
    const { filter, problems } = parseFilter(text)
    expect(problems).toEqual([])
    for (const field of queueSortFields) expect(compare(filter, field)).toBeGreaterThan(0)
  })
})
