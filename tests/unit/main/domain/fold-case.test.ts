import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from '#main/domain/fold-case.ts'
import { fold } from '#main/domain/fold.ts'
import { alertOperation, caseOperation } from '#tests/support/arbitraries.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'

const about = { alertId: '~9' }

describe('foldCase', () => {
  it('sets only the fields a change names, adds and removes tags, and follows the status to its stage', () => {
    const change = { status: 'FalsePositive', summary: 'noise', addTags: ['done'], removeTags: ['mail'] }
    const update = anOperation('case.update', { change, effect: { stage: 'Closed' } }, about)
    expect(foldCase(aCase({ tags: ['mail', 'wave'] }), [update])).toEqual(
      aCase({ tags: ['wave', 'done'], status: 'FalsePositive', stage: 'Closed', summary: 'noise' }),
    )
  })

  it('sets the custom fields it edits and leaves those that others edited meanwhile', () => {
    const field = (name: string, value: string) => ({ name, type: 'string', value })
    const seen = [field('unit', 'north'), field('score', '1')]
    const change = { customFields: [field('unit', 'south'), field('score', '1')] }
    const over = { ...about, base: { customFields: seen } }
    const update = anOperation('case.update', { change, effect: {} }, over)
    const theirs = aCase({ customFields: [field('unit', 'north'), field('score', '7')] })
    expect(foldCase(theirs, [update])?.customFields).toEqual([field('score', '7'), field('unit', 'south')])
  })

  it('null unassigns', () => {
    const update = anOperation('case.update', { change: { assignee: null }, effect: {} }, about)
    expect(foldCase(aCase({ assignee: 'bo' }), [update])).not.toHaveProperty('assignee')
  })

  it('a case made here exists, with what was decided about it afterwards', () => {
    const input = { title: 'W', description: '', severity: 2, tlp: 'amber', pap: 'amber', tags: [] } as const
    const predicted = aCase({ id: 'local:c', pending: true })
    const create = anOperation(
      'case.create',
      { input: { ...input, tags: [] }, predicted },
      { alertId: 'local:c' },
    )
    const flag = anOperation('case.update', { change: { flag: true }, effect: {} }, { alertId: 'local:c' })
    expect(foldCase(undefined, [create, flag])).toEqual({ ...predicted, flag: true })
    expect(foldCase(aCase({ title: 'Real' }), [create])?.title).toBe('Real')
  })

  it('a change of a case nobody has says nothing', () => {
    const update = anOperation('case.update', { change: { flag: true }, effect: {} }, about)
    expect(foldCase(undefined, [update])).toBeUndefined()
  })

  it('decisions about alerts and about cases pass each other by', () => {
    fc.assert(
      fc.property(fc.array(alertOperation), fc.array(caseOperation), (onAlert, onCase) => {
        expect(foldCase(aCase(), onAlert)).toEqual(aCase())
        expect(fold(anAlert(), [...onAlert, ...onCase])).toEqual(fold(anAlert(), onAlert))
      }),
    )
  })

  it('laying the same changes on twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(caseOperation, { maxLength: 1 }), (operations) => {
        const once = foldCase(aCase(), operations)
        expect(foldCase(once, operations)).toEqual(once)
      }),
    )
  })
})
