import { beforeAll, describe, expect, test } from 'vitest'
import { createClient, newAlert, useStandIn, type Json } from './client.ts'

/** TheHive 4's `/api/v1/query`: its filters, counts, aggregations and audits. */

const hive = await useStandIn({ flavour: 'thehive4' })
const ana = createClient(hive.url)

const made: Json[] = []

beforeAll(async () => {
  const drafts: Json[] = [
    { title: 'Phishing mail', severity: 1, tags: ['mail', 'phish'], date: Date.UTC(2024, 0, 3) },
    { title: 'phishing page', severity: 2, tags: ['web'], date: Date.UTC(2024, 0, 3, 20) },
    { title: 'Scan of the mail host', severity: 2, tags: [], date: Date.UTC(2024, 1, 10), flag: true },
    { title: 'Beacon', severity: 3, tags: ['c2'], date: Date.UTC(2025, 0, 1) },
  ]
  for (const draft of drafts) made.push(await ana.want(201, 'POST', '/api/v1/alert', newAlert(draft)))
  await ana.want(204, 'POST', `/api/v1/alert/${made[3]?._id}/read`)
})

const at = async (filter: Json): Promise<number[]> => {
  const found = await ana.query({ _name: 'listAlert' }, { _name: 'filter', ...filter })
  return found.map(({ _id }) => made.findIndex((each) => each._id === _id)).sort()
}

describe('filters', () => {
  test.each<[string, Json, number[]]>([
    ['_is', { _is: { _field: 'severity', _value: 2 } }, [1, 2]],
    ['_is on a set', { _is: { _field: 'tags', _value: 'c2' } }, [3]],
    ['bare', { _field: 'severity', _value: 3 }, [3]],
    ['the older short form', { severity: 1 }, [0]],
    ['an older comparison', { _gt: { severity: 1 } }, [1, 2, 3]],
    ['_ne', { _ne: { _field: 'severity', _value: 2 } }, [0, 3]],
    ['_between', { _between: { _field: 'severity', _from: 1, _to: 2 } }, [0]],
    ['_in', { _in: { _field: 'severity', _values: [1, 3] } }, [0, 3]],
    ['_like without a star is equality', { _like: { _field: 'title', _value: 'Beacon' } }, [3]],
    ['_like without a star finds no part', { _like: { _field: 'title', _value: 'mail' } }, []],
    [
      '_like with both stars, letter case and all',
      { _like: { _field: 'title', _value: '*hishing*' } },
      [0, 1],
    ],
    ['_like with a star behind', { _like: { _field: 'title', _value: 'Phish*' } }, [0]],
    ['_wildcard with a star before', { _wildcard: { _field: 'title', _value: '*mail' } }, [0]],
    ['_startsWith', { _startsWith: { _field: 'title', _value: 'Scan' } }, [2]],
    ['_contains tells presence', { _contains: 'tags' }, [0, 1, 3]],
    ['_not', { _not: { _is: { _field: 'read', _value: true } } }, [0, 1, 2]],
    ['_and', { _and: [{ severity: 2 }, { flag: true }] }, [2]],
    ['_or of nothing', { _or: [] }, []],
    ['_any', { _any: null }, [0, 1, 2, 3]],
    ['nothing at all', {}, [0, 1, 2, 3]],
    ['_string is taken and ignored', { _string: 'severity:9' }, [0, 1, 2, 3]],
    ['imported', { _is: { _field: 'imported', _value: false } }, [0, 1, 2, 3]],
  ])('%s', async (_, filter, expected) => {
    expect(await at(filter)).toEqual(expected)
  })

  test('_id takes an id and no name', async () => {
    expect(await at({ _id: made[1]?._id })).toEqual([1])
  })

  test.each<[string, Json]>([
    ['_eq', { _eq: { _field: 'severity', _value: 2 } }],
    ['_match', { _match: { _field: 'title', _value: 'mail' } }],
    ['_has', { _has: 'tags' }],
    ['a name as _id', { _id: 'test;suite;1' }],
    ['a field of TheHive 5', { _is: { _field: 'status', _value: 'New' } }],
    ['the link, which cannot be asked for', { _is: { _field: 'externalLink', _value: 'x' } }],
    ['a relative date', { _gte: { _field: 'date' } }],
  ])('refuses %s', async (_, filter) => {
    await ana.want(400, 'POST', '/api/v1/query', {
      query: [{ _name: 'listAlert' }, { _name: 'filter', ...filter }],
    })
  })
})

describe('operations', () => {
  test('sort takes texts with signs, or objects', async () => {
    const titles = async (..._fields: unknown[]) =>
      (await ana.query({ _name: 'listAlert' }, { _name: 'sort', _fields })).map(({ title }) => title)
    const expected = ['Beacon', 'Scan of the mail host', 'phishing page', 'Phishing mail']
    expect(await titles('-severity', '+title')).toEqual(expected)
    expect(await titles({ severity: 'desc' }, 'title')).toEqual(expected)
  })

  test('counts alerts by what became of them', async () => {
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${made[3]?._id}/case`)
    expect(await ana.query({ _name: 'countAlert' })).toBe(4)
    expect(await ana.query({ _name: 'countUnreadAlert' })).toBe(3)
    expect(await ana.query({ _name: 'countImportedAlert' })).toBe(1)
    expect(await ana.query({ _name: 'countRelatedAlert', caseId: promoted._id })).toBe(1)
    expect(await ana.query({ _name: 'getCase', idOrName: promoted._id }, { _name: 'alerts' })).toMatchObject([
      { title: 'Beacon' },
    ])
    const [extra] = await ana.query(
      { _name: 'getAlert', idOrName: made[3]?._id },
      { _name: 'page', from: 0, to: 1, extraData: ['caseNumber', 'importDate', 'similarCases'] },
    )
    expect(extra?.extraData).toMatchObject({ caseNumber: promoted.number, importDate: expect.any(Number) })
  })

  test('similar cases are counted and filtered', async () => {
    const observable = { dataType: 'ip', data: '192.0.2.99' }
    for (const alert of [made[0], made[1]])
      await ana.want(201, 'POST', `/api/v1/alert/${alert?._id}/artifact`, observable)
    const opened = await ana.want(201, 'POST', `/api/v1/alert/${made[0]?._id}/case`)
    const similar = (rest: Json = {}) =>
      ana.query({ _name: 'getAlert', idOrName: made[1]?._id }, { _name: 'similarCases', ...rest })
    expect(await similar()).toMatchObject([
      { case: { _id: opened._id, status: 'Open' }, similarObservableCount: 1 },
    ])
    expect(await similar({ caseFilter: { status: 'Resolved' } })).toEqual([])
  })

  test('aggregates by field, by time and in figures', async () => {
    const ask = async (operation: Json) =>
      ana.query({ _name: 'listAlert' }, { _name: 'aggregation', ...operation })
    expect(await ask({ _agg: 'field', _field: 'severity', _select: [{ _agg: 'count' }] })).toEqual({
      1: { count: 1 },
      2: { count: 2 },
      3: { count: 1 },
    })
    const top = { _agg: 'field', _field: 'severity', _order: ['-_count'], _size: 1 }
    expect(await ask({ ...top, _select: [{ _agg: 'max', _field: 'date', _name: 'latest' }] })).toEqual({
      2: { latest: Date.UTC(2024, 1, 10) },
    })
    expect(await ask({ _agg: 'time', _fields: ['date'], _interval: '1d' })).toMatchObject({
      [Date.UTC(2024, 0, 3)]: { count: 2 },
    })
    expect(await ask({ _agg: 'time', _field: 'date', _interval: '1M' })).toMatchObject({
      [Date.UTC(2024, 1, 1)]: { count: 1 },
    })
    expect(await ask({ _agg: 'time', _field: 'date', _interval: '1w' })).toMatchObject({
      [Date.UTC(2024, 0, 1)]: { count: 2 },
    })
    expect(await ask({ _agg: 'count', _query: { severity: 2 } })).toEqual({ aggregation: 2 })
    await ana.want(400, 'POST', '/api/v1/query', {
      query: [{ _name: 'listAlert' }, { _name: 'aggregation', _agg: 'field', _field: 'status' }],
    })
  })

  test.each(['listComment', 'listAlertStatus', 'getAlert/comments'])('%s is not there', async (name) => {
    const query = name.split('/').map((_name) => ({ _name, idOrName: made[0]?._id }))
    expect(await ana.want(400, 'POST', '/api/v1/query', { query })).toMatchObject({
      type: 'AttributeCheckingError',
    })
  })
})

describe('audits', () => {
  test('what happened to an alert goes with it, that it was deleted stays', async () => {
    const alert = await ana.want(201, 'POST', '/api/v1/alert', newAlert())
    await ana.want(204, 'PATCH', `/api/v1/alert/${alert._id}`, { title: 'Changed' })
    const audits = () => ana.query({ _name: 'listAuditFromObject', id: alert._id })
    expect(await audits()).toMatchObject([
      { _type: 'Audit', operation: 'create', obj: { _id: alert._id, _type: 'Alert' } },
      { operation: 'update' },
    ])
    expect(await ana.query({ _name: 'getAlert', idOrName: alert._id }, { _name: 'audits' })).toHaveLength(2)
    await ana.want(204, 'DELETE', `/api/alert/${alert._id}`)
    const [gone, ...more] = await audits()
    expect(more).toEqual([])
    expect(gone).toMatchObject({ operation: 'delete' })
    expect(gone).not.toHaveProperty('obj')
    const tombstones = await ana.query(
      { _name: 'listAudit' },
      { _name: 'filter', _and: [{ operation: 'delete' }, { objectType: 'Alert' }, { objectId: alert._id }] },
    )
    expect(tombstones).toEqual([gone])
    expect(await ana.query({ _name: 'getAudit', idOrName: gone?._id })).toEqual([gone])
    expect(((await ana.get('/api/v1/audit')) as unknown as Json[]).at(-1)).toEqual(gone)
  })
})

test('from a thousand on, totals and limited counts are minus one thousand', async () => {
  const { state } = hive
  const before = state.space('acme').alerts.created.rows.length
  const limited = async () => ana.query({ _name: 'listAlert' }, { _name: 'limitedCount' })
  expect(await limited()).toBe(before)
  for (let count = before; count < 1000; count++) await ana.want(201, 'POST', '/api/v1/alert', newAlert())
  expect(await limited()).toBe(-1000)
  const page = { _name: 'page', from: 0, to: 1, extraData: ['total'] }
  const answer = await ana.send('POST', '/api/v1/query', { query: [{ _name: 'listAlert' }, page] })
  expect(answer.headers.get('x-total')).toBe('-1000')
  expect(await ana.query({ _name: 'listAlert' }, { _name: 'count' })).toBe(1000)
})
