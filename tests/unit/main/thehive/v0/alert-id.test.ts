import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertIdOf, parseKey, sameKey } from '#main/thehive/v0/three/alert-id.ts'
import { alertKey } from '#shared/model/alert.ts'

const key = { type: 'external', source: 'instance1', sourceRef: 'alert-ref' }

describe('the id TheHive 3 gives an alert', () => {
  it('is the MD5 of its natural key, joined by bars', () => {
    expect(alertIdOf(key, '3.0.4')).toBe('e34a7adc35780454372f0567f951694e')
    expect(alertIdOf(key, '3.5.2')).toBe('e34a7adc35780454372f0567f951694e')
  })

  it('has no type in it before 3.0.4', () => {
    expect(alertIdOf(key, '3.0.3')).toBe('bff2820eca1146e88ffb71b74634ae15')
    expect(alertIdOf({ ...key, type: 'other' }, '2.13.2')).toBe(alertIdOf(key, '3.0.3'))
    expect(alertIdOf({ ...key, sourceRef: 'alert-ref2' }, '2.11.0')).toBe('ce2c00f17132359cb3c50dfbb1901810')
  })

  it('is made of UTF-8', () => {
    const text = 'Fund|Büro|報告'
    const [type = '', source = '', sourceRef = ''] = text.split('|')
    const expected = createHash('md5').update(Buffer.from(text, 'utf8')).digest('hex')
    expect(alertIdOf({ type, source, sourceRef }, '3.5.2')).toBe(expected)
  })
})

describe('a natural key as text', () => {
  it('is read back, semicolons in the reference or not', () => {
    const part = fc.string({ minLength: 1 }).filter((text) => !text.includes(';'))
    fc.assert(
      fc.property(part, part, fc.string({ minLength: 1 }), (type, source, sourceRef) => {
        const read = parseKey(alertKey({ type, source, sourceRef }))
        expect(read && sameKey(read, { type, source, sourceRef })).toBe(true)
      }),
    )
  })

  it('is never taken for an id', () => {
    for (const id of ['e34a7adc35780454372f0567f951694e', '~1234', 'one;two'])
      expect(parseKey(id)).toBeUndefined()
  })
})
