import { describe, expect, it } from 'vitest'
import { passphraseStrength } from '../../../../src-renderer/ui/passphrase-strength.ts'
import { rowHeight, rowsToHold } from '../../../../src-renderer/features/queue/row-window.ts'

describe('a passphrase', () => {
  it('is refused below eight characters and never above', () => {
    expect(passphraseStrength('').enough).toBe(false)
    expect(passphraseStrength('seven77').hint).toBe('1 more characters needed.')
    expect(passphraseStrength('eight888').enough).toBe(true)
  })

  it('is called weak when long but repeating, strong when made of words', () => {
    expect(passphraseStrength('aaaaaaaaaaaaaaaaaaaa').hint).toMatch(/^Weak/)
    expect(passphraseStrength('honey comb meadow wing').hint).toBe('Strong.')
  })
})

describe('the rows held for a scroll position', () => {
  const order = Array.from({ length: 1_000 }, (_one, index) => index)

  it('cover what is visible and some on either side', () => {
    const held = rowsToHold(order, { top: 500 * rowHeight, height: 10 * rowHeight })
    for (let row = 500; row < 510; row += 1) expect(held).toContain(row)
    expect(held[0]).toBeLessThan(500)
    expect(held.at(-1)).toBeGreaterThan(510)
  })

  it('end with the list', () => {
    expect(rowsToHold(order, { top: 0, height: 0 })[0]).toBe(0)
    expect(rowsToHold(order, { top: 999 * rowHeight, height: 600 }).at(-1)).toBe(999)
    expect(rowsToHold([], { top: 0, height: 600 })).toEqual([])
  })
})
