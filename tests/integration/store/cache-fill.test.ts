import { describe, expect, it } from 'vitest'
import { connectCache } from '#main/store/cache/connect.ts'
import type { CacheReader, StoreLocation } from '#main/store/ports.ts'
import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { makeAlert } from '#tests/support/alerts/make-alert.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import { anAlert } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { openedCache } from '#tests/support/store/temp-profile.ts'

const found = (reader: CacheReader, text: string): string[] =>
  reader
    .rows(
      reader.order({
        filter: { op: 'contains', field: 'text', value: text },
        sort: newestFirst,
        after: undefined,
        limit: 5_000,
      }).pks,
    )
    .map(({ id }) => id)

const manyAlerts = (count: number) => {
  const random = seededRandom(7)
  return Array.from({ length: count }, (_, i) => makeAlert(random, i))
}

describe('the first fill', () => {
  it('lists and counts rows at once, and finds their text when it is over', () => {
    const { writer, reader } = openedCache()
    writer.beginFill()
    writer.ingestAlerts([anAlert({ title: 'Beacon' })], 1)
    expect(reader.counts('ana').total).toBe(1)
    expect(
      reader.order({ filter: everything, sort: newestFirst, after: undefined, limit: 5 }).pks,
    ).toHaveLength(1)
    expect(found(reader, 'beacon')).toEqual([])
    while (!writer.finishFillStep().done);
    expect(found(reader, 'beacon')).toEqual(['~1'])
  })

  it('builds indexes before text, and text slice by slice', () => {
    const { writer, reader } = openedCache()
    writer.beginFill()
    writer.ingestAlerts(manyAlerts(2_500), 1)
    const phases: string[] = []
    for (let step = writer.finishFillStep(); !step.done; step = writer.finishFillStep())
      phases.push(step.phase)
    expect(phases.lastIndexOf('indexing')).toBeLessThan(phases.indexOf('text'))
    expect(phases.filter((phase) => phase === 'text').length).toBeGreaterThanOrEqual(3)
    expect(found(reader, 'Sensor')).toHaveLength(2_500)
  })

  it('says in the marks how far it is', () => {
    const { writer } = openedCache()
    writer.saveMarks({ fill: 'none', state: { cursor: 3 } })
    writer.beginFill()
    expect(writer.marks()).toEqual({ fill: 'filling', state: { cursor: 3 } })
    while (!writer.finishFillStep().done);
    expect(writer.marks()).toEqual({ fill: 'done', state: { cursor: 3 } })
  })

  it('goes on where it stopped after a restart, at whatever step', () => {
    const { writer, location } = openedCache()
    writer.beginFill()
    writer.ingestAlerts(manyAlerts(1_500), 1)
    const total = countSteps(openedCache())
    for (let stopAfter = 0; stopAfter < total; stopAfter += 3) {
      const again = openedCache(location)
      again.writer.beginFill()
      for (let step = 0; step < 3; step++) again.writer.finishFillStep()
    }
    const last = openedCache(location)
    while (!last.writer.finishFillStep().done);
    expect(found(last.reader, 'Sensor')).toHaveLength(1_500)
  })

  it('takes changes between two slices of text into both sides', () => {
    const { writer, reader } = openedCache()
    writer.beginFill()
    const alerts = manyAlerts(1_500)
    writer.ingestAlerts(alerts, 1)
    while (writer.finishFillStep().phase === 'indexing');
    const [early, late] = [alerts[0], alerts[1_400]]
    if (early === undefined || late === undefined) throw new Error('Too few alerts')
    writer.ingestAlerts(
      [early, late].map((alert) => ({ ...alert, title: 'Walrus' })),
      2,
    )
    writer.ingestObservables(
      [early, late].map(({ id }) => ({ alertId: id, observable: anObservable({ data: 'penguin' }) })),
    )
    while (!writer.finishFillStep().done);
    expect(found(reader, 'walrus').sort()).toEqual([early.id, late.id].sort())
    expect(found(reader, 'penguin').sort()).toEqual([early.id, late.id].sort())
  })

  it('keeps rows that are already there when it begins anew', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert({ title: 'Walrus' })], 1)
    writer.beginFill()
    writer.beginFill()
    expect(found(reader, 'walrus')).toEqual(['~1'])
    while (!writer.finishFillStep().done);
    expect(found(reader, 'walrus')).toEqual(['~1'])
  })

  it('has nothing to finish where none began', () => {
    const { writer } = openedCache()
    expect(writer.finishFillStep().done).toBe(true)
  })
})

describe('text built beside the observables', () => {
  const day = 86_400_000
  const alertOf = (n: number) =>
    anAlert({ id: `~${n}`, sourceRef: `ref-${n}`, title: `Beacon ${n}`, createdAt: (1_000 - n) * day })
  const observableOf = (n: number, data: string) => ({
    alertId: `~${n}`,
    observable: anObservable({ id: `~o${n}`, data }),
  })
  /** Three pages of alerts, newest first. */
  function filledWithAlerts() {
    const opened = openedCache()
    opened.writer.beginFill()
    for (const page of [[1, 2], [3, 4], [5]]) {
      opened.writer.ingestAlerts(page.map(alertOf), 1)
      opened.writer.alertsReach((1_000 - (page.at(-1) ?? 0)) * day)
    }
    return opened
  }

  it('takes alerts that are newer than every observable still to come, and leaves the others', () => {
    const { writer, reader } = filledWithAlerts()
    writer.ingestObservables([
      observableOf(1, 'walrus'),
      observableOf(2, 'walrus'),
      observableOf(3, 'walrus'),
    ])
    while (writer.fillAhead(997.5 * day));
    expect(found(reader, 'walrus').sort()).toEqual(['~1', '~2'])
    expect(found(reader, 'beacon').sort()).toEqual(['~1', '~2'])
    while (!writer.finishFillStep().done);
    expect(found(reader, 'walrus').sort()).toEqual(['~1', '~2', '~3'])
    expect(found(reader, 'beacon')).toHaveLength(5)
  })

  it('builds nothing while any alert may still get one', () => {
    const { writer } = filledWithAlerts()
    expect(writer.fillAhead(998 * day)).toBe(false)
    expect(writer.fillAhead(999 * day)).toBe(false)
  })

  it('finds an observable that came late all the same', () => {
    const { writer, reader } = filledWithAlerts()
    while (writer.fillAhead(990 * day));
    writer.ingestObservables([observableOf(1, 'penguin'), observableOf(5, 'penguin')])
    while (!writer.finishFillStep().done);
    expect(found(reader, 'penguin').sort()).toEqual(['~1', '~5'])
    expect(found(reader, 'beacon')).toHaveLength(5)
  })

  it('leaves it to the end after a restart', () => {
    const { writer, location } = filledWithAlerts()
    while (writer.fillAhead(997.5 * day));
    const again = openedCache(location)
    expect(again.writer.fillAhead(0)).toBe(false)
    while (!again.writer.finishFillStep().done);
    expect(found(again.reader, 'beacon')).toHaveLength(5)
  })
})

describe('text that came in bulk', () => {
  const stateOf = (location: StoreLocation) => {
    const db = connectCache(location, { readonly: true })
    try {
      const one = (sql: string): unknown => db.prepare(sql).pluck().get()
      return {
        segments: one('SELECT count(DISTINCT segid) FROM text_index_idx'),
        automerge: one(`SELECT v FROM text_index_config WHERE k = 'automerge'`),
        crisismerge: one(`SELECT v FROM text_index_config WHERE k = 'crisismerge'`),
      }
    } finally {
      db.close()
    }
  }
  const filled = (count: number) => {
    const opened = openedCache()
    opened.writer.beginFill()
    opened.writer.ingestAlerts(manyAlerts(count), 1)
    while (!opened.writer.finishFillStep().done);
    return opened
  }

  it('is merged afterwards, also after a restart, and found all the while', () => {
    const { location, reader } = filled(5_000)
    expect(stateOf(location)).toMatchObject({ automerge: 4, crisismerge: 400 })
    expect(Number(stateOf(location).segments)).toBeGreaterThan(8)
    const { writer } = openedCache(location)
    expect(writer.tidyText()).toBe(true)
    expect(found(reader, 'Sensor')).toHaveLength(5_000)
    while (writer.tidyText());
    expect(found(reader, 'Sensor')).toHaveLength(5_000)
    expect(stateOf(location)).toMatchObject({ automerge: 4, crisismerge: 16 })
    expect(Number(stateOf(location).segments)).toBeLessThan(4)
    expect(writer.tidyText()).toBe(false)
  })

  it('is left alone while it is still coming', () => {
    const { writer, location } = openedCache()
    writer.beginFill()
    writer.ingestAlerts(manyAlerts(1_200), 1)
    for (let step = writer.finishFillStep(); !step.done; step = writer.finishFillStep())
      expect(writer.tidyText()).toBe(false)
    expect(stateOf(location)).toMatchObject({ automerge: 4, crisismerge: 400 })
  })

  it('is merged on the way where decisions leave too much of it', () => {
    const { writer, location, reader } = openedCache()
    writer.beginFill()
    const alerts = manyAlerts(1_200)
    writer.ingestAlerts(alerts, 1)
    for (let n = 0; n < 3; n++) while (writer.finishFillStep().phase === 'indexing');
    const first = alerts[0]
    if (first === undefined) throw new Error('No alerts')
    for (let n = 0; n < 300; n++) writer.ingestAlerts([{ ...first, title: `Walrus ${n}` }], 200_000 * (n + 2))
    expect(Number(stateOf(location).segments)).toBeGreaterThan(256)
    while (!writer.finishFillStep().done);
    expect(Number(stateOf(location).segments)).toBeLessThan(30)
    expect(found(reader, 'walrus 299')).toEqual([first.id])
    expect(found(reader, 'walrus 298')).toEqual([])
  })
})

/** How many steps a fill of the same size takes without any stop. */
function countSteps({ writer }: ReturnType<typeof openedCache>): number {
  writer.beginFill()
  writer.ingestAlerts(manyAlerts(1_500), 1)
  let steps = 1
  while (!writer.finishFillStep().done) steps++
  return steps
}
