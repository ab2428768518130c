import { describe, expect, it } from 'vitest'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'

const me = 'ana@acme.example'
const read = (text: string): Filter => {
  const { filter, problems } = parseFilter(text, { me })
  expect(problems).toEqual([])
  return filter
}
const word = (value: string): Filter => ({ op: 'contains', field: 'text', value })
const eq = (field: 'type' | 'source' | 'tags', value: string): Filter => ({ op: 'eq', field, value })

describe('the query language', () => {
  it('takes what stands side by side together, and commas as alternatives', () => {
    expect(read('source:mail tag:a,b  type:edr')).toEqual({
      op: 'and',
      of: [eq('source', 'mail'), { op: 'in', field: 'tags', values: ['a', 'b'] }, eq('type', 'edr')],
    })
  })

  it('binds not before and, and and before or; parentheses and the word and change nothing else', () => {
    expect(read('tag:a tag:b or -tag:c')).toEqual({
      op: 'or',
      of: [
        { op: 'and', of: [eq('tags', 'a'), eq('tags', 'b')] },
        { op: 'not', of: eq('tags', 'c') },
      ],
    })
    expect(read('tag:a AND (tag:b OR tag:c)')).toEqual(read('tag:a (tag:b or tag:c)'))
    expect(read('not (tag:a or tag:b)')).toEqual(read('-(tag:a or tag:b)'))
  })

  it('looks for every bare word by itself, and for quoted words as they stand', () => {
    expect(read('second factor')).toEqual({ op: 'and', of: [word('second'), word('factor')] })
    expect(read('"second factor"')).toEqual(word('second factor'))
    expect(read('"and"')).toEqual(word('and'))
  })

  it('takes a pasted address, an unknown key and a command line switch as text', () => {
    expect(read('https://evil.example/a,b?q=(1)')).toEqual(word('https://evil.example/a,b?q=(1)'))
    expect(read('foo:bar')).toEqual(word('foo:bar'))
    expect(read('--encoded')).toEqual(word('--encoded'))
    expect(read('login(.)example')).toEqual(word('login(.)example'))
  })

  it('compares severities and markings by their meaning', () => {
    expect(read('severity>=high')).toEqual({ op: 'gte', field: 'severity', value: 3 })
    expect(read('severity:>=High')).toEqual(read('severity>=3'))
    expect(read('severity:low..high')).toEqual({ op: 'between', field: 'severity', from: 1, to: 3 })
    expect(read('tlp:amber+strict,red')).toEqual({ op: 'in', field: 'tlp', values: ['amber-strict', 'red'] })
    expect(read('pap<=green')).toEqual({ op: 'lte', field: 'pap', value: 'green' })
  })

  it('reads days, times and times relative to now', () => {
    expect(read('date>-7d')).toEqual({ op: 'gt', field: 'date', value: '-7d' })
    expect(read('created:2026-11-01..2026-11-07')).toEqual({
      op: 'between',
      field: 'createdAt',
      from: '2026-11-01',
      to: '2026-11-07',
    })
    expect(read('updated:Today')).toEqual({ op: 'eq', field: 'updatedAt', value: 'today' })
    expect(read('date:2026-11-01T14:30..')).toEqual({ op: 'gte', field: 'date', value: '2026-11-01T14:30' })
  })

  it('knows me and nobody, and lets quotes mean a login of that name', () => {
    expect(read('assignee:me')).toEqual({ op: 'eq', field: 'assignee', value: me })
    expect(read('assignee:none')).toEqual({ op: 'not', of: { op: 'has', field: 'assignee' } })
    expect(read('assignee!=none')).toEqual(read('has:assignee'))
    expect(read('assignee:"none"')).toEqual({ op: 'eq', field: 'assignee', value: 'none' })
    expect(parseFilter('assignee:me').problems).toHaveLength(1)
  })

  it('tells a case by number from a case by id', () => {
    expect(read('case:12')).toEqual({ op: 'eq', field: 'caseNumber', value: 12 })
    expect(read('case:#12')).toEqual(read('case:12'))
    expect(read('case:~4120')).toEqual({ op: 'eq', field: 'caseId', value: '~4120' })
    expect(read('case:none')).toEqual({ op: 'not', of: { op: 'has', field: 'caseId' } })
  })

  it('has a sign for every way to compare text', () => {
    const text = (op: string, field: string, value: string) => ({ op, field, value })
    expect(read('title:lure')).toEqual(text('contains', 'title', 'lure'))
    expect(read('title=lure')).toEqual(text('eq', 'title', 'lure'))
    expect(read('source!=mail')).toEqual(text('ne', 'source', 'mail'))
    expect(read('source~mail')).toEqual(text('contains', 'source', 'mail'))
    expect(read('ref^=INC-')).toEqual(text('startsWith', 'sourceRef', 'INC-'))
    expect(read('ref$=-7')).toEqual(text('endsWith', 'sourceRef', '-7'))
    expect(read('source:mail-*')).toEqual(text('like', 'source', 'mail-*'))
    expect(read('source:"mail-*"')).toEqual(text('eq', 'source', 'mail-*'))
  })

  it('finds observables by part, whole value, address range and type', () => {
    expect(read('obs:evil.example')).toEqual({ op: 'contains', field: 'observable', value: 'evil.example' })
    expect(read('obs=10.0.0.1')).toEqual({ op: 'eq', field: 'observable', value: '10.0.0.1' })
    expect(read('obs:10.0.0.0/8')).toEqual({ op: 'within', field: 'observable', value: '10.0.0.0/8' })
    expect(read('obs:2001:db8::/32')).toEqual({ op: 'within', field: 'observable', value: '2001:db8::/32' })
    expect(read('obs:https://a.example/8')).toMatchObject({ op: 'contains' })
    expect(read('obstype:ip')).toEqual({ op: 'eq', field: 'observableType', value: 'ip' })
  })

  it('takes custom field values for what they look like', () => {
    const field = { field: 'customField', name: 'business-unit' }
    expect(read('cf.business-unit:retail')).toEqual({ op: 'eq', ...field, value: 'retail' })
    expect(read('cf.business-unit:5,true')).toEqual({ op: 'in', ...field, values: [5, true] })
    expect(read('cf.business-unit:"5"')).toEqual({ op: 'eq', ...field, value: '5' })
    expect(read('cf.business-unit<-7d')).toEqual({ op: 'lt', ...field, value: { moment: '-7d' } })
    expect(read('cf."Business unit":none')).toEqual({
      op: 'not',
      of: { op: 'has', field: 'customField', name: 'Business unit' },
    })
  })

  it('names what it could not understand, where it stands, and keeps the rest', () => {
    const { filter, problems } = parseFilter(
      'severity:loud stage:open type:edr tag: date:soon has:luck read:maybe',
    )
    expect(filter).toEqual(eq('type', 'edr'))
    expect(problems.map(({ token, at }) => [token, at])).toEqual([
      ['severity:loud', 0],
      ['stage:open', 14],
      ['tag:', 34],
      ['date:soon', 39],
      ['has:luck', 49],
      ['read:maybe', 58],
    ])
  })

  it('means something while it is being typed', () => {
    expect(parseFilter('source:"mail gate').filter).toEqual(eq('source', 'mail gate'))
    expect(parseFilter('type:edr or')).toMatchObject({
      filter: eq('type', 'edr'),
      problems: [{ token: 'or' }],
    })
    expect(parseFilter('type:edr and')).toMatchObject({
      filter: eq('type', 'edr'),
      problems: [{ token: 'and' }],
    })
    expect(parseFilter('(type:edr')).toMatchObject({ filter: eq('type', 'edr'), problems: [{ token: '(' }] })
    expect(parseFilter('type:edr (')).toMatchObject({ filter: eq('type', 'edr') })
    expect(parseFilter('type:edr -')).toMatchObject({
      filter: { op: 'and', of: [eq('type', 'edr'), word('-')] },
    })
    expect(parseFilter('')).toEqual({ filter: { op: 'any' }, problems: [] })
  })
})
