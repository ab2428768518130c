import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseJson } from '#main/thehive/answer-json.ts'

const answered = (text: string) => parseJson(Buffer.from(text), 'hive.example')

it('an answer is read in whole characters: half of one, as a feed cuts it, is marked', () => {
  expect(answered('{"\\ud83d":[{"tag":"cut \\uD83D"},"\\ude00","\\ud83d\\ude00"],"n":1,"no":null}')).toEqual({
    '\ufffd': [{ tag: 'cut \ufffd' }, '\ufffd', '😀'],
    ...{ n: 1, no: null },
  })
})

it('everything else comes as it was sent, also where the server escapes it, and under names that mean something to JavaScript', () => {
  const name = fc.oneof(fc.constant('__proto__'), fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue({ stringUnit: 'grapheme' })), (sent) => {
      const text = JSON.stringify({ ...sent, emoji: '😀' })
      const escaped = text.replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`)
      expect(JSON.stringify(answered(escaped))).toBe(JSON.stringify(JSON.parse(text)))
    }),
  )
})
