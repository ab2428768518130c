import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tlpScale } from '#main/thehive/scales.ts'
import { atLeast } from '#main/thehive/server-version.ts'
import { tagsAfter } from '#main/thehive/tags-after.ts'
import { promoteBody, updateAlertBody } from '#main/thehive/v1/alert-bodies.ts'
import { capabilitiesOf } from '#main/thehive/v1/capabilities.ts'
import { reasonIn } from '#main/thehive/v1/licence.ts'
import { pageSteps } from '#main/thehive/v1/queries.ts'
import { tlpValues } from '#shared/model/scales.ts'

describe('versions', () => {
  it.each([
    ['5.2.0', '5.2.0', true],
    ['5.2.0-1', '5.2', true],
    ['5.10.1', '5.9.9', true],
    ['5.1.17', '5.2.0', false],
    ['6', '5.7.1', true],
    ['unknown', '5.0.0', false],
  ])('%s is at least %s: %s', (version, wanted, expected) => {
    expect(atLeast(version, wanted)).toBe(expected)
  })
})

describe('TLP numbers', () => {
  it('go there and back from 5.2 on; before, what has no number becomes red and never less', () => {
    for (const tlp of tlpValues) {
      const [now, then] = [tlpScale('5.2.0'), tlpScale('5.1.0')]
      expect(now.fromWire[now.toWire[tlp]]).toBe(tlp)
      expect(then.fromWire[then.toWire[tlp]]).toBe(tlp === 'amber-strict' ? 'red' : tlp)
    }
  })
})

describe('what is sent', () => {
  const scale = tlpScale('5.6.2')

  it('for a change holds the changed fields only, markings as numbers, no repeated tag and no empty list', () => {
    const sent = (change: object) => JSON.parse(JSON.stringify(updateAlertBody(change, scale))) as unknown
    expect(sent({ tlp: 'red', pap: 'clear', addTags: ['a', 'a'], removeTags: [] })).toEqual({
      tlp: 4,
      pap: 0,
      addTags: ['a'],
    })
    expect(sent({ assignee: null, title: undefined })).toEqual({ assignee: null })
  })

  it('for a promotion is nothing where nothing was chosen', () => {
    expect(JSON.parse(JSON.stringify(promoteBody({}, scale)))).toEqual({})
  })

  it('as a whole tag list has what was added once and nothing of what was removed', () => {
    const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    fc.assert(
      fc.property(tags, tags, tags, (before, addTags, removeTags) => {
        const after = tagsAfter(before, { addTags, removeTags })
        expect(new Set(after).size).toBe(after.length)
        for (const tag of addTags) expect(after).toContain(tag)
        const gone = removeTags.filter((tag) => !addTags.includes(tag))
        for (const tag of gone) expect(after).not.toContain(tag)
      }),
    )
  })
})

describe('the question for a page', () => {
  it('starts at the cursor, inclusive, and skips what was seen at that very moment', () => {
    const request = {
      field: 'updatedAt',
      direction: 'asc',
      cursor: { stamp: 9, skip: 4 },
      limit: 10,
    } as const
    expect(pageSteps('listAlert', request)).toEqual([
      { _name: 'listAlert' },
      { _name: 'filter', _gte: { _field: '_updatedAt', _value: 9 } },
      { _name: 'sort', _fields: [{ _updatedAt: 'asc' }, { _id: 'asc' }] },
      { _name: 'page', from: 4, to: 14 },
    ])
  })
})

describe('capabilities', () => {
  it('follow permissions, and the undivided permission of older servers covers its parts', () => {
    expect(capabilitiesOf('5.6.2', ['manageAlert/update', 'manageComment'], undefined)).toMatchObject({
      ...{ createAlert: false, updateAlert: true, reopenAlert: false, importAlert: false, comment: true },
      assignee: true,
    })
    expect(capabilitiesOf('5.0.5', ['manageAlert'], undefined)).toMatchObject({
      ...{
        createAlert: true,
        reopenAlert: true,
        importAlert: true,
        assignee: false,
        promoteOverrides: false,
      },
      manageObservable: false,
    })
  })

  it('carry the reason when the licence makes the server read-only', () => {
    const reason = reasonIn({ license: { isValid: false, error: 'expired' } })
    expect(reason).toMatch(/licence .* not valid \(expired\)/)
    expect(capabilitiesOf('5.6.2', [], reason).readOnlyReason).toBe(reason)
    expect(reasonIn({ license: { isValid: true } })).toBeUndefined()
    expect(reasonIn('nonsense')).toBeUndefined()
  })
})
