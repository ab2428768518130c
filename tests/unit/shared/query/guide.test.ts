import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keys } from '#shared/query/keys.ts'
import { parseFilter } from '#shared/query/parse.ts'

const guide = readFileSync(new URL('../../../../docs/guide/searching.md', import.meta.url), 'utf8')
const rows = guide.split('\n').filter((line) => line.startsWith('| `'))
const cells = rows.map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
const spans = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '')
/** Two columns: the query comes first. Three: it comes last, after the key. */
const examples = cells.flatMap((columns) => spans(columns.length === 2 ? columns[0] : columns[2]))

describe("the analyst's guide to searching", () => {
  it('shows queries that are understood as they stand', () => {
    expect(examples.length).toBeGreaterThan(40)
    for (const text of examples)
      expect({ text, problems: parseFilter(text, { me: 'ana' }).problems }).toEqual({ text, problems: [] })
    expect(guide).toContain(
      'status:new severity>=high (source:mail or source:edr) -tag:fp obs:10.0.0.0/8 "invoice"',
    )
  })

  it('lists every key there is', () => {
    const listed = cells.filter((columns) => columns.length === 3).flatMap(([key]) => spans(key))
    expect(listed.sort()).toEqual([...Object.keys(keys).filter((key) => key !== 'has'), 'cf.NAME'].sort())
  })
})
