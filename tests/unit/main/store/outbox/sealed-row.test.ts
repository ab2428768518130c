import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canonicalJson } from '#main/store/outbox/canonical-json.ts'
import { seal, unseal } from '#main/store/outbox/sealed-row.ts'

describe('canonical JSON', () => {
  it('is the same text whatever order an object was built in', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe(
      canonicalJson({ a: null, b: [{ d: 1 }] }),
    )
  })

  it('means what JSON means', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('a sealed row', () => {
  const schema = z.object({ text: z.string() })

  it('gives back what was sealed', () => {
    expect(unseal('fact', seal('fact', 'a', { text: 'x' }), schema)).toEqual({
      ok: true,
      value: { text: 'x' },
    })
  })

  it('notices any change of its text, its id or its table', () => {
    const row = seal('fact', 'a', { text: 'transfer 100' })
    const place = fc.nat(row.body.length - 1)
    fc.assert(
      fc.property(place, (at) => {
        const flipped = String.fromCharCode(row.body.charCodeAt(at) ^ 1)
        const body = row.body.slice(0, at) + flipped + row.body.slice(at + 1)
        expect(unseal('fact', { ...row, body }, schema).ok).toBe(false)
      }),
    )
    expect(unseal('fact', { ...row, id: 'b' }, schema).ok).toBe(false)
    expect(unseal('id_map', row, schema).ok).toBe(false)
  })

  it('says so when the text is intact and the shape is not', () => {
    const opened = unseal('fact', seal('fact', 'a', { other: 1 }), schema)
    expect(opened).toMatchObject({ ok: false, reason: expect.stringContaining('shape') as string })
  })
})
