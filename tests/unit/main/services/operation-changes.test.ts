import { describe, expect, it } from 'vitest'
import { changesOf, inWords } from '#main/services/operation-changes.ts'
import type { Operation } from '#shared/model/operation.ts'

const at = Date.UTC(2026, 0, 1)
const moment = '2026-01-01T00:00:00.000Z'

describe('what a decision sends, in words', () => {
  it('gives moments as moments, with their zone', () => {
    for (const name of ['date', 'occurDate', 'startDate', 'endDate']) expect(inWords(name, at)).toBe(moment)
  })

  it('gives a custom date as a moment and other numbers as they are', () => {
    const fields = [
      { name: 'contained-at', type: 'date', value: at },
      { name: 'hosts', type: 'integer', value: 4 },
      { name: 'ended', type: 'date', value: null },
    ]
    expect(inWords('customFields', fields)).toBe(`contained-at: ${moment}, hosts: 4, ended: (nothing)`)
  })

  it('names what a promotion begins and ends with', () => {
    const operation = {
      kind: 'alert.promote',
      base: {},
      payload: { choices: { startDate: at, endDate: at }, predicted: { title: 'One' } },
    } as unknown as Operation
    expect(changesOf(operation)).toEqual([
      { name: 'started', after: moment },
      { name: 'ended', after: moment },
      { name: 'case', after: 'One' },
    ])
  })
})
