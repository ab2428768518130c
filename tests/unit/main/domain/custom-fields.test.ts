import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import {
  editedNames,
  fieldsApart,
  fieldsHold,
  fieldsInConflict,
  fieldsToSend,
  mergeFields,
  valuesOf,
} from '#main/domain/custom-fields.ts'
import { customField } from '#tests/support/arbitraries.ts'

const field = (name: string, value: CustomFieldValue['value'], order?: number): CustomFieldValue => ({
  ...{ name, type: 'string', value },
  ...(order !== undefined && { order }),
})
const set = fc.array(customField, { maxLength: 4 })
const names = ['unit', 'score', 'owner']

describe('custom fields', () => {
  it('an empty value is no value, however the server writes it', () => {
    const edit = { base: [field('unit', null)], mine: [field('unit', '')] }
    expect(editedNames(edit)).toEqual([])
    expect(fieldsApart([], [field('unit', null)])).toEqual([])
  })

  it.each([
    ['taking an empty field off', [field('unit', null)], []],
    ['putting an empty field on', [], [field('unit', null)]],
  ])('%s is an edit until it is so, and no colleague’s empty field contradicts it', (_, base, mine) => {
    const edit = { base, mine }
    expect(editedNames(edit)).toEqual(['unit'])
    expect(fieldsHold(edit, base)).toBe(false)
    expect(fieldsToSend(edit, base)).toEqual(mine)
    expect(fieldsHold(edit, mine)).toBe(true)
    expect(fieldsInConflict(edit, base)).toEqual([])
    expect(fieldsInConflict(edit, [field('unit', 'west')])).toEqual(['unit'])
  })

  it('a value taken away holds where the server keeps the field empty', () => {
    const edit = { base: [field('unit', 'north')], mine: [] }
    expect(fieldsHold(edit, [field('unit', null)])).toBe(true)
    expect(fieldsHold(edit, [field('unit', 'north')])).toBe(false)
  })

  it('several values of a name are one thing, in their order', () => {
    const base = [field('unit', 'b', 1), field('unit', 'a', 0)]
    expect(valuesOf(base, 'unit')).toEqual(['a', 'b'])
    expect(editedNames({ base, mine: [field('unit', 'a'), field('unit', 'b')] })).toEqual([])
    expect(editedNames({ base, mine: [field('unit', 'b'), field('unit', 'a')] })).toEqual(['unit'])
  })

  it('taking a field away is an edit, and a colleague who filled it in otherwise is noticed', () => {
    const edit = { base: [field('unit', 'north')], mine: [] }
    expect(mergeFields(edit, [field('unit', 'north'), field('score', 1)])).toEqual([field('score', 1)])
    expect(fieldsInConflict(edit, [field('unit', 'west')])).toEqual(['unit'])
    expect(fieldsInConflict(edit, [])).toEqual([])
  })

  it('whatever they have: ours holds after merging, the rest is theirs, and merging again changes nothing', () => {
    fc.assert(
      fc.property(set, set, set, (base, mine, theirs) => {
        const edit = { base, mine }
        const merged = mergeFields(edit, theirs)
        const edited = editedNames(edit)
        expect(fieldsHold(edit, merged)).toBe(true)
        expect(mergeFields(edit, merged)).toEqual(merged)
        for (const name of names)
          expect(valuesOf(merged, name)).toEqual(valuesOf(edited.includes(name) ? mine : theirs, name))
      }),
    )
  })

  it('conflicts are edits only, and never where both sides agree', () => {
    fc.assert(
      fc.property(set, set, set, (base, mine, theirs) => {
        const found = fieldsInConflict({ base, mine }, theirs)
        expect(editedNames({ base, mine })).toEqual(expect.arrayContaining(found))
        expect(fieldsInConflict({ base, mine }, base)).toEqual([])
        expect(fieldsInConflict({ base, mine }, mine)).toEqual([])
      }),
    )
  })
})
