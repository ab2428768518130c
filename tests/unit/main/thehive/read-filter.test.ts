import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tlpScale } from '#main/thehive/scales.ts'
import { compileV1 } from '#main/thehive/v1/filter-v1.ts'
import { readFilter } from '#main/thehive/v1/read-filter.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import type { Filter } from '#shared/query/filter.ts'
import { printFilter } from '#shared/query/print.ts'
import { subjectOf } from '#shared/query/subject.ts'
import { condition, filterOf } from '#tests/support/query/conditions.ts'
import { plausibleWords, randomWorld, worldNow } from '#tests/support/query/world.ts'

const version = '5.8.0'
const scale = tlpScale(version)
const types = new Map([
  ['business-unit', 'string'],
  ['risk', 'float'],
  ['due', 'date'],
])

/** Alerts as TheHive 5 has them: no read mark, each custom field once and of its type. */
const alerts = randomWorld(120).alerts.map(({ read: _, customFields, ...alert }) => {
  const typed = customFields.filter(({ name, type }) => types.get(name) === type)
  return { ...alert, customFields: [...new Map(typed.map((field) => [field.name, field])).values()] }
})

const said = (source: unknown): string => {
  const read = readFilter(source, scale)
  return 'filter' in read ? printFilter(read.filter) : `! ${read.reason}`
}

describe('a filter the server keeps', () => {
  it('says in Forager’s words what Forager would ask it for', () => {
    const whole = filterOf(condition(plausibleWords))
    let read = 0
    fc.assert(
      fc.property(whole, (filter) => {
        const { query, local } = compileV1(filter, { version, now: worldNow, customFields: types })
        if (local.length > 0) return
        const back = readFilter(query, scale)
        if (!('filter' in back)) return
        read += 1
        const fits = (one: Filter) =>
          alerts.filter((alert) => evaluate(one, subjectOf(alert), worldNow) === true)
        const ids = (one: Filter) => fits(one).map(({ id }) => id)
        expect([printFilter(filter), ids(back.filter)]).toEqual([printFilter(filter), ids(filter)])
      }),
      { numRuns: 500 },
    )
    expect(read).toBeGreaterThan(50)
  })

  it.each([
    [{}, ''],
    [{ _any: null }, ''],
    [{ _field: 'source', _value: 'mail' }, 'source:mail'],
    [{ _in: { _field: 'status', _values: ['New', 'Duplicate'] } }, 'status:New or status:Duplicate'],
    [{ _like: { _field: 'title', _value: '*invoice' } }, 'title:*invoice*'],
    [{ _ne: { _field: 'assignee', _value: 'ana' } }, 'has:assignee assignee!=ana'],
    [{ _between: { _field: 'severity', _from: 2, _to: 4 } }, 'severity>=medium severity<critical'],
    [{ _gte: { _field: 'tlp', _value: 3 } }, 'tlp>=amber-strict'],
    [{ _gt: { _field: 'date', _value: 1_767_225_600_000 } }, 'date>2026-01-01T00:00:00.000Z'],
    [{ _gte: { _field: '_createdAt', _value: { amount: 7, unit: 'days', look: 'behind' } } }, 'created>=-7d'],
    [{ _has: 'customFields.risk' }, 'has:cf.risk'],
    [{ _or: [] }, '-*'],
  ])('%j reads as %s', (source, text) => {
    expect(said(source)).toBe(text)
  })

  it.each([
    [{ _match: { _field: 'title', _value: 'x' } }, '_match'],
    [{ _eq: { _field: 'lastSyncDate', _value: 1 } }, 'lastSyncDate'],
    [{ _eq: { _field: '__proto__', _value: 1 } }, '__proto__'],
    [{ constructor: 1 }, 'constructor'],
    [{ _id: '~1' }, '_id'],
    [{ _any: null, _not: {} }, 'several'],
    [{ _and: {} }, 'list'],
    [{ _in: { _field: 'status', _values: 'New' } }, 'none'],
    [{ _eq: { _field: 'severity', _value: 9 } }, 'level'],
    [{ _eq: { _field: 'title', _value: 'x'.repeat(600) } }, 'value'],
    [{ _gt: { _field: 'date', _value: 1e18 } }, 'calendar'],
    [
      {
        _gt: { _field: 'date', _value: { amount: 1, unit: 'days', look: 'behind', modifier: 'startOfDay' } },
      },
      'counts time',
    ],
    ['status:New', 'form'],
    [null, 'form'],
  ])('%j is not guessed at', (source, reason) => {
    expect(said(source)).toContain('!')
    expect(said(source)).toContain(reason)
  })

  it('is never read half, however deep it goes', () => {
    const deep = Array.from({ length: 10_000 }).reduce<object>((of) => ({ _not: of }), {})
    expect(said(deep)).toContain('deep')
  })

  it('can be anything at all without an end of Forager', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (source) => {
        expect(said(source)).toEqual(expect.any(String))
      }),
    )
  })
})
