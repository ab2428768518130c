import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import {
  changedValues,
  draftsOf,
  emptyMandatory,
  readField,
  valuesOf,
  withField,
} from '../../../../src-renderer/ui/custom-fields/field-draft.ts'

const read = (type: string, text: string) => readField({ type, text })
const field = (name: string, value: CustomFieldValue['value'], type = 'string'): CustomFieldValue => ({
  ...{ name, type, value },
})
const definition = (name: string, mandatory = false, type = 'string') => ({
  ...{ name, displayName: name, type, description: '', mandatory, options: [] },
})

describe('the text of a custom field', () => {
  it('means what its type says', () => {
    expect(read('integer', ' 42 ')).toEqual({ ok: true, value: 42 })
    expect(read('float', '4,5')).toEqual({ ok: true, value: 4.5 })
    expect(read('number', '4.5')).toEqual({ ok: true, value: 4.5 })
    expect(read('boolean', 'true')).toEqual({ ok: true, value: true })
    expect(read('boolean', 'false')).toEqual({ ok: true, value: false })
    expect(read('string', 'true')).toEqual({ ok: true, value: 'true' })
    expect(read('url', 'https://desk.example/t/1')).toEqual({ ok: true, value: 'https://desk.example/t/1' })
    expect(read('date', '2026-03-04T09:12:33')).toEqual({
      ...{ ok: true, value: new Date(2026, 2, 4, 9, 12, 33).getTime() },
    })
  })

  it('is no value when it is empty, whatever the type', () => {
    for (const type of ['string', 'integer', 'float', 'boolean', 'date', 'url', 'something-new'])
      expect(read(type, '  ')).toEqual({ ok: true, value: null })
  })

  it('that cannot be its type is refused in words, not guessed', () => {
    for (const [type, text] of [
      ['integer', '4.5'],
      ['integer', '2147483648'],
      ['float', 'much'],
      ['date', 'yesterday'],
      ['url', 'desk.example'],
    ] as const)
      expect(read(type, text), `${type} ${text}`).toMatchObject({ ok: false })
  })

  it('left as it was is sent back exactly, milliseconds and all', () => {
    const was = field('at', 1_772_000_000_123, 'date')
    const [draft] = draftsOf([was])
    expect(draft && readField(draft)).toEqual({ ok: true, value: was.value })
  })
})

describe('a set of fields', () => {
  it('survives being opened and saved untouched', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), value)), (entries) => {
        const fields = entries.map(([name, own], order) => ({ ...field(name, own), order }))
        expect(valuesOf(draftsOf(fields))).toEqual(fields)
      }),
    )
  })

  it('cannot be saved while one of them cannot be read', () => {
    const drafts = withField([], definition('count', false, 'integer'))
    expect(valuesOf(drafts.map((one) => ({ ...one, text: 'many' })))).toBeUndefined()
  })
})

describe('a set of fields to store', () => {
  const was = [field('unit', 'Plant'), { ...field('hosts', 4, 'integer'), order: 3 }]
  const typed = (text: string) => draftsOf(was).map((one) => (one.name === 'hosts' ? { ...one, text } : one))

  it('is none while it says what there was, also in other letters', () => {
    expect(changedValues(was, draftsOf(was))).toBeUndefined()
    expect(changedValues(was, typed(' 4 '))).toBeUndefined()
  })

  it('is whole as soon as one of them says something else, is gone or was added', () => {
    expect(changedValues(was, typed('5'))?.map(({ value }) => value)).toEqual(['Plant', 5])
    expect(changedValues(was, draftsOf(was).slice(1))).toHaveLength(1)
    expect(changedValues(was, withField(draftsOf(was), definition('cause')))).toHaveLength(3)
  })

  it('is none while one of them cannot be read', () => {
    expect(changedValues(was, typed('many'))).toBeUndefined()
  })
})

describe('what closing needs', () => {
  it('is a value in each mandatory field that the alert carries, and in no other', () => {
    const definitions = [definition('cause', true), definition('unit', true), definition('host')]
    const values = [field('cause', ''), field('host', null)]
    expect(emptyMandatory(values, definitions).map((one) => one.name)).toEqual(['cause'])
    expect(emptyMandatory([field('cause', 0, 'integer')], definitions)).toEqual([])
  })
})
