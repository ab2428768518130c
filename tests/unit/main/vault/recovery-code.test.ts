import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printRecoveryCode, readRecoveryCode } from '#main/vault/recovery-code.ts'

const secret = fc.uint8Array({ minLength: 16, maxLength: 16 })
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

test('what is printed is read again, in any case, with or without its groups', () => {
  fc.assert(
    fc.property(secret, (bytes) => {
      const code = printRecoveryCode(bytes)
      expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){6}$/)
      for (const typed of [
        code,
        code.toLowerCase(),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' ')} `,
      ])
        expect(readRecoveryCode(typed)).toEqual(bytes)
    }),
  )
})

test('letters that look like digits are read as those', () => {
  const code = printRecoveryCode(new Uint8Array(16))
  expect(readRecoveryCode(code.replaceAll('0', 'O'))).toEqual(new Uint8Array(16))
})

test('a slip of one character is noticed, or reads as another key once in about a thousand', () => {
  let read = 0
  let slips = 0
  fc.assert(
    fc.property(secret, fc.nat(27), fc.nat(31), (bytes, at, letter) => {
      const chars = [...printRecoveryCode(bytes).replaceAll('-', '')]
      if (chars[at] === alphabet[letter]) return
      chars[at] = alphabet[letter] ?? ''
      slips++
      const found = readRecoveryCode(chars.join(''))
      if (found !== undefined) read++
      expect(found).not.toEqual(bytes)
    }),
    { numRuns: 5_000, seed: 11 },
  )
  expect(slips).toBeGreaterThan(4_000)
  expect(read / slips).toBeLessThan(0.004)
})

test('anything else is no recovery key', () => {
  const code = printRecoveryCode(new Uint8Array(16).fill(7))
  for (const typed of ['', code.slice(1), `${code}0`, code.replace(/.$/, 'U'), code.replace(/^./, '%')])
    expect(readRecoveryCode(typed)).toBeUndefined()
  expect(() => printRecoveryCode(new Uint8Array(15))).toThrow('16 bytes')
})
