import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits } from '#main/domain/child-edits.ts'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { foldText } from '#shared/util/fold-text.ts'
import { hostileText } from '#tests/support/arbitraries.ts'
import { allIds, applyStep, cacheStep, expected, recount, scan } from '#tests/support/store/cache-model.ts'
import type { CacheModel, CacheStep } from '#tests/support/store/cache-model.ts'
import { tempProfile } from '#tests/support/store/temp-profile.ts'

type Opened = { model: CacheModel; location: ReturnType<typeof tempProfile> }

/** Runs the steps on a fresh cache, then looks at it. */
function afterSteps(
  steps: CacheStep[],
  look: (opened: Opened, open: ReturnType<typeof openBoth>) => void,
): void {
  const location = tempProfile({ keyHex: undefined })
  const model: CacheModel = { bases: new Map(), pending: new Map(), observables: new Map(), at: 0 }
  const open = openBoth(location)
  try {
    for (const step of steps) applyStep(step, model, open.writer)
    look({ model, location }, open)
  } finally {
    open.reader.close()
    open.writer.close()
  }
}

function openBoth(location: ReturnType<typeof tempProfile>) {
  const writer = openCacheWriter(location)
  return { writer, reader: openCacheReader(location) }
}

const steps = fc.array(cacheStep, { minLength: 1, maxLength: 12 })
const runs = { numRuns: 60 }

describe('after any sequence of server states, decisions and fills', () => {
  it('every alert shows its base with all its pending operations laid on top', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        afterSteps(sequence, ({ model }, { writer, reader }) => {
          for (const id of allIds) {
            const shown = expected(model, id)
            expect(writer.alert(id)).toEqual({
              base: shown.alert && model.bases.get(id),
              effective: shown.alert,
            })
            const listed = reader.detail(id)?.observables.map((one) => one.id) ?? []
            const stored = model.observables.get(id) ?? []
            const added = shown.alert === undefined ? [] : shown.observables
            const all = applyEdits('observable', [...stored, ...added], shown.edits)
            expect(new Set(listed)).toEqual(new Set(all.map((one) => one.id)))
          }
        })
      }),
      runs,
    )
  })

  it('every counter equals a recount', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        afterSteps(sequence, (_, { reader }) => {
          expect(reader.counts('ana@acme.example')).toEqual(recount(reader, 'ana@acme.example'))
        })
      }),
      runs,
    )
  })

  it('text search finds what a substring scan finds, once the fill is over', () => {
    const needle = fc.oneof(hostileText, fc.constantFrom('LOGIN.example', 'http://login', 'acon', 'o l', '~'))
    fc.assert(
      fc.property(steps, fc.array(needle, { minLength: 1, maxLength: 4 }), (sequence, needles) => {
        afterSteps(sequence, ({ model }, { writer, reader }) => {
          while (!writer.finishFillStep().done);
          const titles = [...model.bases.values()].map((alert) => alert.title)
          for (const text of [...needles, ...titles]) {
            if ([...foldText(text).trim()].length < 3) continue
            const { pks } = reader.order({
              filter: { op: 'contains', field: 'text', value: text },
              sort: newestFirst,
              after: undefined,
              limit: 100,
            })
            const found = reader.rows(pks).map((row) => row.id)
            expect({ text, found: found.sort() }).toEqual({ text, found: scan(model, text).sort() })
          }
        })
      }),
      runs,
    )
  })

  it('the same states again change nothing but the marks of alerts that were gone', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        afterSteps(sequence, ({ model }, { writer, reader }) => {
          const isGone = (id: string): boolean => reader.detail(id)?.goneAt !== undefined
          const gone = [...model.bases.keys()].filter(isGone)
          const again = writer.ingestAlerts([...model.bases.values()], 2)
          expect({ ...again, changed: again.changed.sort() }).toMatchObject({
            changed: gone.sort(),
            arrived: 0,
          })
          expect([...model.bases.keys()].filter(isGone)).toEqual([])
        })
      }),
      runs,
    )
  })

  it('closing and opening again, with the outbox retold, shows the same', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        let told: Opened | undefined
        const before = new Map<string, unknown>()
        afterSteps(sequence, (opened, { writer }) => {
          told = opened
          for (const id of allIds) before.set(id, writer.alert(id))
        })
        if (told === undefined) return
        const { writer, reader } = openBoth(told.location)
        const views = [...told.model.pending].map(([alertId, operations]) => ({ alertId, operations }))
        writer.restorePending(views)
        for (const id of allIds) expect(writer.alert(id)).toEqual(before.get(id))
        reader.close()
        writer.close()
      }),
      { numRuns: 25 },
    )
  })
})
