import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeText } from '#main/domain/merge-text.ts'

const text = (...lines: string[]) => lines.join('\n')

describe('mergeText', () => {
  it('keeps both edits when unchanged lines are between them', () => {
    const base = text('a', 'b', 'c', 'd', 'e')
    const mine = text('A', 'b', 'c', 'd', 'e')
    const theirs = text('a', 'b', 'c', 'e', 'f')
    expect(mergeText({ base, mine, theirs })).toBe(text('A', 'b', 'c', 'e', 'f'))
  })

  it.each([
    ['the same line', 'a', 'x', 'y'],
    ['neighbouring lines', text('a', 'b'), text('x', 'b'), text('a', 'y')],
    ['a line one side removed', text('a', 'b', 'c'), text('a', 'c'), text('a', 'B', 'c')],
    ['something of their own at the same end', text('a', ''), text('a', 'mine', ''), text('a', 'theirs', '')],
  ])('gives up on %s', (_, base, mine, theirs) => {
    expect(mergeText({ base, mine, theirs })).toBeUndefined()
  })

  it('does not mistake line ends for edits, and keeps theirs', () => {
    const theirs = 'a\r\nb\r\nC'
    expect(mergeText({ base: 'a\r\nb\r\nc', mine: text('A', 'b', 'c'), theirs })).toBe('A\r\nb\r\nC')
  })

  it('gives up on texts too long to be compared in passing', () => {
    const base = 'a\n'.repeat(5_000)
    expect(mergeText({ base, mine: `x\n${base}`, theirs: `${base}y` })).toBeUndefined()
  })

  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 })

  it('one edit alone is the outcome; equal edits are one', () => {
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [base, edited] = [text(...one), text(...other)]
        expect(mergeText({ base, mine: edited, theirs: base })).toBe(edited)
        expect(mergeText({ base, mine: base, theirs: edited })).toBe(edited)
        expect(mergeText({ base, mine: edited, theirs: edited })).toBe(edited)
      }),
    )
  })

  it('does not care whose edit is whose, and invents no line', () => {
    fc.assert(
      fc.property(lines, lines, lines, (o, a, b) => {
        const merged = mergeText({ base: text(...o), mine: text(...a), theirs: text(...b) })
        expect(mergeText({ base: text(...o), mine: text(...b), theirs: text(...a) })).toBe(merged)
        for (const line of merged?.split('\n') ?? []) expect([...a, ...b, '']).toContain(line)
      }),
    )
  })

  it('a line of our own in the middle survives whatever they do far from it', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const fence = ['f1', 'f2', 'f3']
        const base = text(...before, ...fence, 'middle', ...fence, 'end')
        const mine = text(...before, ...fence, 'OURS', ...fence, 'end')
        const theirs = text(...after, ...fence, 'middle', ...fence, 'end')
        expect(mergeText({ base, mine, theirs })).toBe(text(...after, ...fence, 'OURS', ...fence, 'end'))
      }),
    )
  })
})
