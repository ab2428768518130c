import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tlpScale } from '#main/thehive/scales.ts'
import { atLeast } from '#main/thehive/server-version.ts'
import { tagsAfter } from '#main/thehive/tags-after.ts'
import { promoteBody, updateAlertBody } from '#main/thehive/v1/bodies.ts'
import { capabilitiesOf } from '#main/thehive/v1/capabilities.ts'
import { readCustomFields } from '#main/thehive/v1/custom-fields.ts'
import { reasonIn } from '#main/thehive/v1/licence.ts'
import { pageSteps } from '#main/thehive/v1/queries.ts'
import { tlpValues } from '#shared/model/scales.ts'
import { canDo } from '#shared/model/session.ts'
import type { Ability } from '#shared/model/session.ts'

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

  it('of custom fields is always the full set as a list, and values of unknown types go back as they came', () => {
    const row = { customFields: [{ _id: '~1', name: 'odd', type: 'matrix', value: { a: [1] }, order: 2 }] }
    const [odd] = readCustomFields(row)
    const plain = { name: 'note', type: 'string', value: '[not JSON', order: 1 }
    const sent = updateAlertBody({ customFields: [...(odd ? [odd] : []), plain] }, scale)
    expect(sent['customFields']).toEqual([
      { name: 'odd', value: { a: [1] }, order: 2 },
      { name: 'note', value: '[not JSON', order: 1 },
    ])
    expect(updateAlertBody({ customFields: [] }, scale)['customFields']).toEqual([])
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
  const allowed = (version: string, permissions: string[], ...asked: Ability[]) => {
    const capabilities = capabilitiesOf(version, permissions, undefined)
    return asked.filter((ability) => canDo(capabilities, ability) === true)
  }

  it('follow permissions, and the undivided permission of older servers covers its parts', () => {
    const asked = ['createAlert', 'updateAlert', 'reopenAlert', 'importAlert', 'comment', 'assignee'] as const
    expect(allowed('5.6.2', ['manageAlert/update', 'manageComment'], ...asked)).toEqual([
      ...['updateAlert', 'comment', 'assignee'],
    ])
    expect(allowed('5.0.5', ['manageAlert'], ...asked)).toEqual([
      ...['createAlert', 'updateAlert', 'reopenAlert', 'importAlert'],
    ])
  })

  it('say of every ability that is missing why, in a sentence', () => {
    for (const version of ['5.0.0', '5.1.9', '5.2.0', '5.8.0']) {
      const { cannot } = capabilitiesOf(version, [], undefined)
      expect(Object.keys(cannot).length).toBeGreaterThan(20)
      for (const reason of Object.values(cannot)) expect(reason).toMatch(/^[A-Z].+ .+\.$/)
    }
  })

  it('leave to everybody what needs no permission', () => {
    const reading = ['downloadObservable', 'similarAlerts', 'views'] as const
    expect(allowed('5.8.0', [], ...reading)).toEqual([...reading])
  })

  it('name the markings and the limits of the version', () => {
    expect(capabilitiesOf('5.1.9', [], undefined).tlps).not.toContain('amber-strict')
    expect(capabilitiesOf('5.2.0', [], undefined).tlps).toContain('amber-strict')
    expect(capabilitiesOf('5.5.5', [], undefined).mergeLimit).toBeUndefined()
    expect(capabilitiesOf('5.5.6', [], undefined).mergeLimit).toBe(50)
  })

  it('carry the reason when the licence makes the server read-only', () => {
    const reason = reasonIn({ license: { isValid: false, error: 'expired' } })
    expect(reason).toMatch(/licence .* not valid \(expired\)/)
    expect(capabilitiesOf('5.6.2', [], reason).readOnlyReason).toBe(reason)
    expect(reasonIn({ license: { isValid: true } })).toBeUndefined()
    expect(reasonIn('nonsense')).toBeUndefined()
  })
})
