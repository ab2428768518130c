import { describe, expect, it } from 'vitest'
import { countersOf } from '#main/store/cache/counters.ts'

const base = { severity: 4, source: 'sensor', type: 'edr', assignee: undefined } as const

describe('what one alert counts for', () => {
  it('counts for the inbox and its facets while somebody still has to decide', () => {
    expect(countersOf({ ...base, stage: 'New' })).toEqual([
      ['all', ''],
      ['stage', 'New'],
      ['inbox', ''],
      ['severity', '4'],
      ['source', 'sensor'],
      ['type', 'edr'],
      ['unassigned', ''],
    ])
  })

  it('counts for its assignee once it has one', () => {
    expect(countersOf({ ...base, stage: 'InProgress', assignee: 'ana' })).toContainEqual(['assignee', 'ana'])
  })

  it('counts only for its stage once it is decided', () => {
    expect(countersOf({ ...base, stage: 'Closed' })).toEqual([
      ['all', ''],
      ['stage', 'Closed'],
    ])
  })
})
