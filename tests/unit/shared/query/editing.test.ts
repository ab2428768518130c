import { describe, expect, it } from 'vitest'
import { valuesOf, withValues } from '#shared/query/facet.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
import { sameFilter } from '#shared/query/same.ts'

const read = (text: string) => parseFilter(text).filter

describe('a filter and its choices', () => {
  it('shows what is asked of a field as a whole', () => {
    expect(valuesOf(read('stage:new source:a,b'), 'source')).toEqual(['a', 'b'])
    expect(valuesOf(read('source:a'), 'source')).toEqual(['a'])
    expect(valuesOf(read('-source:a (source:b or type:c)'), 'source')).toEqual([])
  })

  it('switches values of one field and leaves the rest alone', () => {
    const asking = (values: string[]) =>
      printFilter(withValues(read('stage:new source:a -tag:fp'), 'source', values))
    expect(asking(['a', 'b'])).toBe('stage:new -tag:fp source:a,b')
    expect(asking(['b'])).toBe('stage:new -tag:fp source:b')
    expect(asking([])).toBe('stage:new -tag:fp')
  })
})

describe('two filters', () => {
  it('are the same whatever order their parts and values are in', () => {
    expect(sameFilter(read('tag:a,b stage:new'), read('stage:new tag:b,a'))).toBe(true)
    expect(sameFilter(read('a or b c'), read('(c b) or a'))).toBe(true)
    expect(sameFilter(read('assignee:none'), read(''))).toBe(false)
    expect(sameFilter(read('a b'), read('a or b'))).toBe(false)
  })
})
