import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterSchema } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
import { condition, filterOf } from '#tests/support/query/conditions.ts'

const me = 'ana@acme.example'
const awkward = [
  ...['a b', 'x,y', '"q"', '\\', 'me', 'None', '*', 'a*b', '1..3', 'and', 'OR', 'not', '-7d', '12', '#12'],
  ...['10.0.0.0/8', 'status:new', '-tag:x', '(a or b)', 'a)', '(', '>=3', '<', 'true', '2026-11-01', '~1'],
  ...['https://a.example/?q=1', ' padded ', 'a\nb', '-', '--flag', 'cf.x:1', 'now', '1e5', '-0', 'ID'],
  me,
]
const words = {
  text: fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom(...awkward),
  ),
  number: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((n) => n + 0),
  moment: fc.constantFrom(
    '2026-11-01',
    '2026-11-01T10:30',
    '2026-11-01T10:30:05.250Z',
    '-7d',
    '+2mo',
    'today',
  ),
  customName: fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('business-unit', 'Business unit', '"', 'a.b', 'x:y', '\\'),
  ),
  network: fc.constantFrom('10.0.0.0/8', '2001:db8::/32', '::/0', '192.0.2.7/32'),
}
const filter = filterOf(condition(words))

describe('query text', () => {
  it('reads back every filter it prints', () => {
    fc.assert(
      fc.property(filter, (wanted) => {
        const printed = printFilter(wanted, { me })
        expect({ printed, ...parseFilter(printed, { me }) }).toEqual({
          printed,
          filter: wanted,
          problems: [],
        })
      }),
      { numRuns: 10_000 },
    )
  })

  it('never fails, whatever is typed: what it reads is a filter, and printing it changes nothing more', () => {
    const pieces = fc.constantFrom(
      ...['(', ')', ' or ', ' and ', ' not ', '-', '"', ',', ':', '*', ' ', '..', '>=', '!=', '~', '/'],
      ...[
        'tag',
        'severity',
        'date',
        'obs',
        'cf.x',
        'case',
        'assignee',
        'high',
        '-7d',
        '10.0.0.0/8',
        'me',
        'none',
      ],
    )
    const typed = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const { filter: read } = parseFilter(text, { me })
        expect(filterSchema.safeParse(read).error).toBeUndefined()
        expect(parseFilter(printFilter(read, { me }), { me })).toEqual({ filter: read, problems: [] })
      }),
      { numRuns: 10_000 },
    )
  })

  it('answers thousands of parentheses and words with a problem, not with a fault', () => {
    for (const text of ['('.repeat(4_000), '-('.repeat(2_000), 'not '.repeat(1_000), 'a '.repeat(5_000)]) {
      const { filter: read, problems } = parseFilter(text)
      expect(problems.length).toBeGreaterThan(0)
      expect(filterSchema.safeParse(read).success).toBe(true)
    }
  })
})
