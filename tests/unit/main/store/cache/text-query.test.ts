import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textNeedle } from '#main/store/cache/text-query.ts'
import { hostileText } from '#tests/support/arbitraries.ts'

describe('what a text search looks for', () => {
  it('looks for nothing when only blanks were typed', () => {
    expect(textNeedle(' \n\t ')).toEqual({ kind: 'none' })
  })

  it('has no trigrams below three characters', () => {
    expect(textNeedle('%_')).toEqual({ kind: 'short', folded: '%_' })
    expect(textNeedle('😀a')).toEqual({ kind: 'short', folded: '😀a' })
  })

  it('asks for every trigram of a short needle', () => {
    expect(textNeedle('Evil')).toEqual({ kind: 'grams', folded: 'evil', match: '"evi" AND "vil"' })
  })

  it('asks for at most sixteen trigrams of a long one', () => {
    const needle = textNeedle('abcdefghijklmnopqrstuvwxyz0123456789')
    expect(needle.kind === 'grams' && needle.match.split(' AND ').length).toBe(16)
  })

  it('quotes everything: only quoted trigrams and AND reach the search grammar', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const needle = textNeedle(text)
        if (needle.kind !== 'grams') return
        expect(needle.match).toMatch(/^"(?:""|[^"]){1,3}"(?: AND "(?:""|[^"]){1,3}")*$/u)
      }),
    )
  })
})
