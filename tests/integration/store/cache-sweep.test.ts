import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMass, passesApartMs } from '#main/domain/missing-alerts.ts'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { aCase, aCreation, anAlert, anOperation } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { openedCache, tempProfile } from '#tests/support/store/temp-profile.ts'

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `~${at + 1}`)
const alertsOf = (ids: readonly string[]) => ids.map((id) => anAlert({ id, sourceRef: id }))

function filled(count = 200) {
  const cache = openedCache(tempProfile({ keyHex: undefined }))
  const ids = idsOf(count)
  cache.writer.ingestAlerts(alertsOf(ids), 1)
  const pass = (startedAt: number, seen: readonly string[], at = startedAt + 1) => {
    cache.writer.beginSweep()
    cache.writer.sweepPage(seen)
    return cache.writer.endSweep({ startedAt, at })
  }
  return { ...cache, ids, pass }
}

describe('a pass over the server’s ids', () => {
  it('suspects the few it has not seen, and only those the server should have', () => {
    const { writer, ids, pass } = filled()
    const operation = anOperation('alert.create', aCreation(), { alertId: 'local:a' })
    writer.setPending([{ alertId: 'local:a', operations: [operation] }])
    expect(pass(100, ids.slice(2))).toEqual({ missing: 2, due: 2 })
    expect(writer.suspects(10)).toEqual(['~1', '~2'])
  })

  it('leaves alone what came while it ran', () => {
    const { writer, ids, pass } = filled()
    writer.ingestAlerts([anAlert({ id: '~new', sourceRef: 'new' })], 150)
    expect(pass(100, ids, 200)).toEqual({ missing: 0, due: 0 })
  })

  it('is not put off by what was fetched before the clock was set back', () => {
    const { writer, pass } = filled(10)
    const tomorrow = 86_400_000
    writer.ingestAlerts([anAlert({ id: '~1', sourceRef: '~1', title: 'Seen' })], tomorrow)
    const others = idsOf(10).slice(1)
    expect(pass(tomorrow + 10, others)).toEqual({ missing: 1, due: 0 })
    expect(pass(1_000, others)).toEqual({ missing: 1, due: 0 })
    expect(pass(1_000 + 700_000, others)).toEqual({ missing: 1, due: 1 })
  })

  it('says the same when it is ended twice', () => {
    const { writer, ids, pass } = filled()
    pass(100, ids.slice(1))
    expect(writer.endSweep({ startedAt: 100, at: 102 })).toEqual({ missing: 1, due: 1 })
  })

  it('a suspect that is listed, or fetched, or known to be gone is a suspect no more', () => {
    const { writer, reader, ids, pass } = filled(400)
    pass(100, ids.slice(3))
    expect(writer.suspects(10)).toHaveLength(3)
    expect(writer.sweepPage(['~1'])).toEqual({ back: [], unknown: 0 })
    writer.ingestAlerts(alertsOf(['~2']), 200)
    writer.markGone(['~3'], 200)
    expect(writer.suspects(10)).toEqual([])
    expect(reader.detail('~3')?.goneAt).toBe(200)
  })

  it('tells which ids have no copy, but for those lying aside unread', () => {
    const { writer } = filled(3)
    writer.setAside([{ entity: 'alert', id: '~aside', reason: 'odd', body: '{}' }])
    expect(writer.sweepPage(['~1', '~2', '~aside', '~other'])).toEqual({ back: [], unknown: 1 })
    expect(writer.expectedCount()).toBe(4)
  })

  it('what is gone is neither expected nor missed, and is back once it is listed', () => {
    const { writer, reader, ids, pass } = filled()
    writer.markGone(['~1'], 5)
    expect(writer.expectedCount()).toBe(199)
    expect(pass(100, ids.slice(1))).toEqual({ missing: 0, due: 0 })
    expect(writer.sweepPage(ids)).toEqual({ back: ['~1'], unknown: 0 })
    expect(reader.detail('~1')).not.toHaveProperty('goneAt')
  })

  it('the trail makes a suspect of what was deleted, not of what was made anew since', () => {
    const { writer } = filled(0)
    writer.ingestAlerts([anAlert({ id: '~1', createdAt: 500 }), anAlert({ id: '~2', createdAt: 500 })], 1)
    writer.suspectDeleted(
      [
        { id: '~1', at: 499 },
        { id: '~2', at: 500 },
        { id: '~404', at: 900 },
      ],
      1_000,
    )
    expect(writer.suspects(10)).toEqual(['~2'])
  })

  it('marks never go beyond the limit without two passes that far apart, whatever the server lists', () => {
    const subset = fc.subarray(idsOf(150))
    const passes = fc.array(
      fc.record({ after: fc.integer({ min: 1, max: 2 * passesApartMs }), seen: subset }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(passes, (sequence) => {
        const location = tempProfile({ keyHex: undefined })
        const writer = openCacheWriter(location)
        const reader = openCacheReader(location)
        writer.ingestAlerts(alertsOf(idsOf(150)), 1)
        /** Since when each has been missed without a break. */
        const missedSince = new Map<string, number>()
        const gone = (id: string): boolean => reader.detail(id)?.goneAt !== undefined
        let now = 100
        for (const { after, seen } of sequence) {
          const startedAt = (now += after)
          const expected =
            writer.expectedCount() + idsOf(150).filter((id) => gone(id) && seen.includes(id)).length
          writer.beginSweep()
          writer.sweepPage(seen)
          expect(seen.filter(gone)).toEqual([])
          writer.endSweep({ startedAt, at: (now += 1) })
          const due = writer.suspects(1_000)
          expect(due.filter((id) => seen.includes(id))).toEqual([])
          const twice = (id: string): boolean =>
            startedAt - (missedSince.get(id) ?? Infinity) >= passesApartMs
          const missing = idsOf(150).filter((id) => !seen.includes(id) && !gone(id))
          for (const id of seen) missedSince.delete(id)
          if (isMass(missing.length, expected)) expect(due.filter((id) => !twice(id))).toEqual([])
          else expect(new Set(due)).toEqual(new Set(missing))
          for (const id of missing) missedSince.set(id, missedSince.get(id) ?? now)
          writer.markGone(due, now)
        }
        reader.close()
        writer.close()
      }),
      { numRuns: 40 },
    )
  })
})

describe('what a copy can be asked', () => {
  it('which alerts have other observables than the server counts, whatever is pending', () => {
    const { writer } = filled(0)
    writer.ingestAlerts(
      [anAlert({ id: '~1', observableCount: 1 }), anAlert({ id: '~2', observableCount: 1 })],
      1,
    )
    writer.ingestObservables([{ alertId: '~1', observable: anObservable({ id: '~o1' }) }])
    const remove = anOperation('observable.delete', { observableId: '~o1' })
    writer.setPending([{ alertId: '~1', operations: [{ ...remove, alertId: '~1' }] }])
    expect(writer.observableGaps(['~1', '~2', '~404'])).toEqual(['~2'])
  })

  it('which alerts are in a case', () => {
    const { writer } = filled(0)
    writer.ingestAlerts([anAlert({ id: '~1', caseId: '~9' }), anAlert({ id: '~2' })], 1)
    expect(writer.alertsOfCases(['~9', '~10'])).toEqual(['~1'])
  })

  it('which cases look different now', () => {
    const { writer } = filled(0)
    const one = { ...aCase({ id: '~9' }), title: 'First' }
    expect(writer.upsertCases([one, aCase({ id: '~10' })])).toEqual(['~9', '~10'])
    expect(writer.upsertCases([{ ...one, title: 'Second' }, aCase({ id: '~10' })])).toEqual(['~9'])
  })
})
