import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgePack, packAgesMs } from '#main/domain/pack-readiness.ts'
import type { PackEntry } from '#main/domain/pack-readiness.ts'

const now = 1_000_000_000
const entry = (change: Partial<PackEntry>): PackEntry => ({
  ...{ id: '~1', caseId: undefined, stamp: 10, packedAt: now - 1_000, packedStamp: 10, similar: true },
  ...change,
})
const judge = (one: PackEntry, similar = true) => {
  const { ready, missing, stale } = judgePack([one], { now, similar })
  return { ready, missing: missing.length, stale: stale.length }
}

describe('whether an alert is ready for work without a server', () => {
  it.each([
    ['fetched whole and unchanged', entry({}), { ready: 1, missing: 0, stale: 0 }],
    ['never fetched', entry({ packedAt: undefined }), { ready: 0, missing: 1, stale: 0 }],
    ['changed since', entry({ stamp: 11 }), { ready: 0, missing: 0, stale: 1 }],
    ['fetched too long ago', entry({ packedAt: now - packAgesMs - 1 }), { ready: 0, missing: 0, stale: 1 }],
    [
      'fetched by a clock far ahead',
      entry({ packedAt: now + 86_400_000 }),
      { ready: 0, missing: 0, stale: 1 },
    ],
    ['what is similar was not asked for', entry({ similar: false }), { ready: 0, missing: 1, stale: 0 }],
    ['only here', entry({ id: 'local:1', packedAt: undefined }), { ready: 1, missing: 0, stale: 0 }],
  ])('%s', (_, one, verdict) => expect(judge(one)).toEqual(verdict))

  it('does not miss what is similar where it was not wanted', () => {
    expect(judge(entry({ similar: false }), false).ready).toBe(1)
  })

  it('puts every alert in one of three', () => {
    const any = fc.record({
      id: fc.constantFrom('~1', 'local:1'),
      caseId: fc.constant(undefined),
      stamp: fc.nat(100),
      packedAt: fc.option(fc.integer({ min: now - 2 * packAgesMs, max: now }), { nil: undefined }),
      packedStamp: fc.option(fc.nat(100), { nil: undefined }),
      similar: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(any), fc.boolean(), (all, similar) => {
        const { ready, missing, stale } = judgePack(all, { now, similar })
        expect(ready + missing.length + stale.length).toBe(all.length)
      }),
    )
  })
})
