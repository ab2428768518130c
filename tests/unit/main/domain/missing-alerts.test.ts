import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMass, judgeMissing, massLimits, passesApartMs } from '#main/domain/missing-alerts.ts'

const total = fc.nat(5_000)
const startedAt = fc.integer({ min: 0, max: 10 * passesApartMs })
const missing = fc.uniqueArray(
  fc.record({
    id: fc.nat(10_000),
    missedAt: fc.option(fc.integer({ min: 0, max: 10 * passesApartMs }), { nil: undefined }),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
)

describe('alerts that a pass has not seen', () => {
  it('are few up to 20, as long as they are one in a hundred', () => {
    expect(isMass(20, 2_000)).toBe(false)
    expect(isMass(21, 1_000_000)).toBe(true)
    expect(isMass(20, 1_999)).toBe(true)
    expect(isMass(1, 100)).toBe(false)
    expect(isMass(1, 99)).toBe(true)
    expect(isMass(0, 0)).toBe(false)
  })

  it('are each either due or waiting', () => {
    fc.assert(
      fc.property(missing, total, startedAt, (found, all, at) => {
        const { due, waiting } = judgeMissing(found, { total: all, startedAt: at })
        expect([...due, ...waiting].sort()).toEqual(found.map(({ id }) => id).sort())
      }),
    )
  })

  it('are never due by more than the limit without an earlier, independent pass that missed them too', () => {
    fc.assert(
      fc.property(missing, total, startedAt, (found, all, at) => {
        const { due } = judgeMissing(found, { total: all, startedAt: at })
        const confirmed = (id: number): boolean =>
          found.some(
            (one) => one.id === id && one.missedAt !== undefined && at - one.missedAt >= passesApartMs,
          )
        const unconfirmed = due.filter((id) => !confirmed(id))
        expect(unconfirmed.length).toBeLessThanOrEqual(Math.min(massLimits.alerts, all * massLimits.share))
      }),
    )
  })

  it('of a mass wait for ever when no second pass comes', () => {
    const found = Array.from({ length: 50 }, (_, id) => ({ id, missedAt: undefined }))
    expect(judgeMissing(found, { total: 50, startedAt: Number.MAX_SAFE_INTEGER }).due).toEqual([])
  })
})
