import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromDateInput, toDateInput } from '../../../../src-renderer/ui/format/date-input.ts'

describe('a date control', () => {
  it('gives back the second it was given', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 })
    fc.assert(
      fc.property(seconds, (second) => {
        const text = toDateInput(second * 1_000)
        // Where clocks go back an hour one text stands for two moments.
        expect(toDateInput(fromDateInput(text) ?? Number.NaN)).toBe(text)
      }),
    )
  })

  it('holds no moment until it is complete', () => {
    for (const text of ['', '2026-03-04', '2026-03-04T09', '2026-13-40T09:12', 'now'])
      expect(fromDateInput(text)).toBeUndefined()
    expect(fromDateInput('2026-03-04T09:12')).toBe(new Date(2026, 2, 4, 9, 12).getTime())
  })
})
