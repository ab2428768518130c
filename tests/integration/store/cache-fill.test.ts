import { describe, expect, it } from 'vitest'
import type { CacheReader } from '#main/store/ports.ts'
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

/** How many steps a fill of the same size takes without any stop. */
function countSteps({ writer }: ReturnType<typeof openedCache>): number {
  writer.beginFill()
  writer.ingestAlerts(manyAlerts(1_500), 1)
  let steps = 1
  while (!writer.finishFillStep().done) steps++
  return steps
}
