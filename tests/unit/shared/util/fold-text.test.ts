import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '#shared/util/fold-text.ts'
import { hostileText } from '#tests/support/arbitraries.ts'

describe('folding text for search', () => {
  it('ignores case, also where lower-casing depends on the neighbours', () => {
    expect(foldText('Straße ΟΔΟΣ')).toBe(foldText('straße οδος'))
    expect(foldText('ΟΔΟΣΑ')).toContain(foldText('ΟΔΟΣ'))
  })

  it('reads defanged addresses as what they mean', () => {
    expect(foldText('hXXps://login[.]evil(.)example{.}com')).toBe('https://login.evil.example.com')
    expect(foldText('user[@]mail[dot]example, 192.0.2[.]7[:]443, hxxp[://]x')).toBe(
      'user@mail.example, 192.0.2.7:443, http://x',
    )
  })

  it('reads white space and control characters of any length as one blank', () => {
    expect(foldText('a \n\t b\u0000\u001fc')).toBe('a b c')
  })

  it('never leaves a control character or half a surrogate pair behind', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const folded = foldText(text)
        expect(folded.isWellFormed()).toBe(true)
        expect([...folded].every((character) => character >= ' ')).toBe(true)
      }),
    )
  })
})
