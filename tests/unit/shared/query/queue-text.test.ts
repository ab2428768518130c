import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stages } from '#shared/model/scales.ts'
import type { Severity } from '#shared/model/scales.ts'
import type { QueueFilter } from '#shared/query/queue-filter.ts'
import { parseQueueText, printQueueText } from '#shared/query/queue-text.ts'

const me = 'ana@acme.example'
const value = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('a b', 'x,y', '"q"', '\\', 'me'),
)
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 4 })
const severities = fc
  .uniqueArray(fc.constantFrom<Severity[]>(1, 2, 3, 4), { minLength: 1 })
  .map((list) => list.sort((a, b) => a - b))
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom('status:new', '"half', 'two words', ' padded ', 'https://a.example/?q=1', '-tag:x'),
)
const filters: fc.Arbitrary<QueueFilter> = fc.record(
  {
    text,
    stages: fc.uniqueArray(fc.constantFrom(...stages), { minLength: 1 }),
    statuses: values,
    severities,
    sources: values,
    types: values,
    tags: values,
    notTags: values,
    assignee: fc.oneof(value, fc.constant(null), fc.constant(me), fc.constantFrom('none', 'Me')),
    caseId: value,
  },
  { requiredKeys: [] },
)

describe('query text', () => {
  it('reads back every filter it prints', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const printed = printQueueText(filter, { me })
        expect(parseQueueText(printed, { me })).toEqual({ filter, problems: [] })
      }),
      { numRuns: 2_000 },
    )
  })

  it('never fails, whatever is typed, and printing what it read changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (typed) => {
        const { filter } = parseQueueText(typed, { me })
        expect(parseQueueText(printQueueText(filter, { me }), { me }).filter).toEqual(filter)
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes different keys together and values of one key as alternatives', () => {
    const { filter } = parseQueueText('stage:new,inprogress severity>=high tag:a tag:b -tag:fp source:mail', {
      me,
    })
    expect(filter).toEqual({
      stages: ['New', 'InProgress'],
      severities: [3, 4],
      tags: ['a', 'b'],
      notTags: ['fp'],
      sources: ['mail'],
    })
  })

  it('compares severities in every direction', () => {
    expect(parseQueueText('severity<high').filter.severities).toEqual([1, 2])
    expect(parseQueueText('severity<=high').filter.severities).toEqual([1, 2, 3])
    expect(parseQueueText('severity>high').filter.severities).toEqual([4])
    expect(parseQueueText('severity:High').filter.severities).toEqual([3])
  })

  it('knows me and nobody, and lets quotes mean a login of that name', () => {
    expect(parseQueueText('assignee:me', { me }).filter.assignee).toBe(me)
    expect(parseQueueText('assignee:none', { me }).filter.assignee).toBeNull()
    expect(parseQueueText('assignee:"none"', { me }).filter.assignee).toBe('none')
    expect(parseQueueText('assignee:me').problems).toHaveLength(1)
  })

  it('takes a pasted address as text, not as a token', () => {
    expect(parseQueueText('https://evil.example/a,b foo:bar').filter).toEqual({
      text: 'https://evil.example/a,b foo:bar',
    })
  })

  it('names the token it could not understand and keeps the others', () => {
    const { filter, problems } = parseQueueText('severity:loud -status:New stage:open type:edr tag:')
    expect(filter).toEqual({ types: ['edr'] })
    expect(problems.map((problem) => problem.token)).toEqual([
      'severity:loud',
      '-status:New',
      'stage:open',
      'tag:',
    ])
  })

  it('lets an unclosed quote run to the end', () => {
    expect(parseQueueText('source:"mail gate').filter.sources).toEqual(['mail gate'])
  })
})
