import { beforeAll, describe, expect, test } from 'vitest'
import { createAlert, createClient, useStandIn, type Json } from './client.ts'

const hive = await useStandIn()
const ana = createClient(hive.url)
const made: Json[] = []

beforeAll(async () => {
  const drafts = [
    {
      title: 'Password reset mail',
      tags: ['phishing', 'vip'],
      severity: 1,
      externalLink: 'https://a.example/1',
    },
    { title: 'password spray', tags: ['identity'], severity: 2, customFields: { 'risk-score': 7 } },
    { title: 'Beacon to 203.0.113.9', tags: ['ids'], severity: 3, assignee: 'ana@acme.example' },
    { title: 'Beacon again', tags: [], severity: 4, assignee: 'ben@acme.example' },
  ]
  for (const draft of drafts) made.push(await createAlert(ana, draft))
  await ana.want(204, 'PATCH', `/api/v1/alert/${made[1]?._id}`, { status: 'Pending' })
})

/** The severities of what the filter finds: each alert has its own. */
const found = async (filter: Json) => {
  const rows = await ana.query(
    { _name: 'listAlert' },
    { _name: 'filter', ...filter },
    { _name: 'sort', _fields: [{ severity: 'asc' }] },
  )
  return rows.map(({ severity }) => severity)
}

const by = (op: string, _field: string, _value: unknown) => ({ [op]: { _field, _value } })

describe('filters', () => {
  test.each<[string, Json, number[]]>([
    ['_eq on a set means contains', by('_eq', 'tags', 'vip'), [1]],
    ['_is is _eq', by('_is', 'status', 'Pending'), [2]],
    ['_ne needs the field', by('_ne', 'assignee', 'ana@acme.example'), [4]],
    ['_gt', by('_gt', 'severity', 2), [3, 4]],
    ['_gte', by('_gte', 'severity', 2), [2, 3, 4]],
    ['_lt', by('_lt', 'severity', 2), [1]],
    ['_lte', by('_lte', 'severity', 2), [1, 2]],
    [
      '_between takes its start and not its end',
      { _between: { _field: 'severity', _from: 2, _to: 4 } },
      [2, 3],
    ],
    ['_in', { _in: { _field: 'severity', _values: [1, 4, 9] } }, [1, 4]],
    ['_in on a set', { _in: { _field: 'tags', _values: ['ids', 'vip'] } }, [1, 3]],
    ['_startsWith minds the case', by('_startsWith', 'title', 'Pass'), [1]],
    ['_endsWith', by('_endsWith', 'title', 'again'), [4]],
    ['_like is a substring, case aside', by('_like', 'title', 'PASSWORD'), [1, 2]],
    ['_like tolerates stars', by('_like', 'title', '*beacon*'), [3, 4]],
    ['_match is a whole word', by('_match', 'title', 'pass'), []],
    ['_match finds a word', by('_match', 'title', 'spray'), [2]],
    ['_has', { _has: 'externalLink' }, [1]],
    ['_contains is the old _has', { _contains: 'assignee' }, [2, 3, 4]],
    ['a bare field and value are equality', { _field: 'severity', _value: 3 }, [3]],
    ['_and', { _and: [by('_gt', 'severity', 1), by('_lt', 'severity', 3)] }, [2]],
    ['_or', { _or: [by('_eq', 'severity', 1), by('_eq', 'severity', 4)] }, [1, 4]],
    ['an empty _or matches nothing', { _or: [] }, []],
    ['_not', { _not: by('_eq', 'tags', 'ids') }, [1, 2, 4]],
    ['_any', { _any: null }, [1, 2, 3, 4]],
    ['nothing at all', {}, [1, 2, 3, 4]],
    ['a custom field', by('_gte', 'customFields.risk-score', 7), [2]],
    ['the stage', by('_eq', 'stage', 'InProgress'), [2]],
    [
      'a relative date behind',
      by('_gt', '_createdAt', { amount: 1, unit: 'hours', look: 'behind' }),
      [1, 2, 3, 4],
    ],
    ['a relative date ahead', by('_gt', '_createdAt', { amount: 1, unit: 'months', look: 'ahead' }), []],
    [
      'the end of the day',
      by('_lt', '_createdAt', { amount: 0, unit: 'days', look: 'behind', modifier: 'endOfDay' }),
      [1, 2, 3, 4],
    ],
  ])('%s', async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected)
  })

  test('_id finds one', async () => {
    expect(await found({ _id: made[2]?._id })).toEqual([3])
  })

  test.each<[string, Json]>([
    ['an unknown field', by('_eq', 'nowhere', 1)],
    ['an unknown operator', { _near: { _field: 'title', _value: 'x' } }],
    ['a comparison without a value', { _eq: { _field: 'title' } }],
    ['a range without an end', { _between: { _field: 'severity', _from: 1 } }],
    ['two operators in one filter', { ...by('_eq', 'severity', 1), ...by('_ne', 'severity', 2) }],
  ])('%s is a 400', async (_, filter) => {
    const body = { query: [{ _name: 'listAlert' }, { _name: 'filter', ...filter }] }
    expect(await ana.want(400, 'POST', '/api/v1/query', body)).toMatchObject({ type: 'BadRequest' })
  })
})

describe('sorting and paging', () => {
  const list = { _name: 'listAlert' }

  test('sorts by several fields in either direction', async () => {
    const rows = await ana.query(list, { _name: 'sort', _fields: [{ status: 'desc' }, { severity: 'desc' }] })
    expect(rows.map(({ severity }) => severity)).toEqual([2, 4, 3, 1])
  })

  test('a page takes its start and not its end, and tells the total only when asked', async () => {
    const sort = { _name: 'sort', _fields: [{ severity: 'asc' }] }
    const ask = (page: Json) =>
      ana.send('POST', '/api/v1/query', { query: [list, sort, { _name: 'page', from: 1, to: 3, ...page }] })
    const plain = await ask({})
    expect((plain.body as Json[]).map(({ severity }) => severity)).toEqual([2, 3])
    expect(plain.headers.get('x-total')).toBeNull()
    expect((await ask({ extraData: ['total'] })).headers.get('x-total')).toBe('4')
  })

  test('counts as a bare number', async () => {
    expect(await ana.query(list, { _name: 'filter', ...by('_gt', 'severity', 2) }, { _name: 'count' })).toBe(
      2,
    )
  })

  test('extra data comes on request and only then', async () => {
    const { _id } = await createAlert(ana, { severity: 4, title: 'Imported' })
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, {})
    const extraData = ['importDate', 'caseNumber', 'procedureCount', 'relatedCase', 'status']
    const [row] = await ana.query(
      { _name: 'getAlert', idOrName: _id },
      { _name: 'page', from: 0, to: 1, extraData },
    )
    expect(row?.extraData).toEqual({
      importDate: expect.any(Number),
      caseNumber: promoted.number,
      procedureCount: 0,
      relatedCase: expect.objectContaining({ _id: promoted._id }),
      status: expect.objectContaining({ value: 'Imported', stage: 'Imported' }),
    })
    expect((await ana.query({ _name: 'getAlert', idOrName: _id }))[0]?.extraData).toEqual({})
    await ana.want(204, 'DELETE', `/api/v1/alert/${_id}`)
  })

  test('excluded fields are left out', async () => {
    const body = { query: [list], excludeFields: ['description', 'tags'] }
    const [row] = (await ana.want(200, 'POST', '/api/v1/query', body)) as unknown as Json[]
    expect(row).not.toHaveProperty('description')
    expect(row).not.toHaveProperty('tags')
    expect(row).toHaveProperty('title')
  })
})

describe('operations', () => {
  test('an unknown operation is a 400 that names the known ones', async () => {
    for (const query of [[{ _name: 'listNothing' }], [{ _name: 'listAlert' }, { _name: 'tasks' }]]) {
      const refused = await ana.want(400, 'POST', '/api/v1/query', { query })
      expect(refused).toMatchObject({
        type: 'AttributeCheckingError',
        message: expect.stringMatching(/expected one of/),
      })
    }
  })

  test('getting what is not there answers an empty list', async () => {
    expect(await ana.query({ _name: 'getAlert', idOrName: '~1' })).toEqual([])
  })

  test('observables link to the alert they belong to', async () => {
    const alert = await createAlert(ana, { observables: [{ dataType: 'ip', data: '198.51.100.77' }] })
    const page = { _name: 'page', from: 0, to: 10, extraData: ['links'] }
    const filter = { _name: 'filter', ...by('_eq', 'data', '198.51.100.77') }
    const rows = await ana.query({ _name: 'listObservable' }, filter, page)
    const { _id, type, source, sourceRef, title } = alert
    expect(rows).toMatchObject([
      {
        extraData: {
          links: { alert: { _id, _type: 'Alert', type, source, sourceRef, title, stage: 'New' } },
        },
      },
    ])
    expect(await ana.query({ _name: 'listObservable' }, filter, { _name: 'alert' })).toMatchObject([{ _id }])
  })

  test('similar alerts and cases share observables, ignored ones aside', async () => {
    const shown = [{ dataType: 'domain', data: 'similar.example' }]
    const [one, two] = [
      await createAlert(ana, { observables: shown }),
      await createAlert(ana, { observables: shown }),
    ]
    await createAlert(ana, { observables: [{ ...shown[0], ignoreSimilarity: true }] })
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${two._id}/case`, {})
    const start = { _name: 'getAlert', idOrName: one._id }
    expect(await ana.query(start, { _name: 'similarAlertsLight' })).toMatchObject([
      { _id: two._id, similarObservableCount: 1, observableCount: 1 },
    ])
    expect(await ana.query(start, { _name: 'similarCasesLight' })).toMatchObject([{ _id: promoted._id }])
    expect(await ana.query(start, { _name: 'similarAlerts' })).toMatchObject([
      { alert: { _id: two._id }, similarObservableCount: 1, observableTypes: { domain: 1 } },
    ])
    expect(await ana.query(start, { _name: 'similarCaseLightCount' })).toBe(1)
  })

  test.each([
    ['listAlertStatus', 'value', 'FalsePositive'],
    ['listCaseStatus', 'value', 'TruePositive'],
    ['listCaseTemplate', 'name', 'phishing'],
    ['listCustomField', 'name', 'risk-score'],
    ['listObservableType', 'name', 'user-agent'],
    ['listUser', 'login', 'ana@acme.example'],
  ])('%s lists the definitions', async (operation, key, value) => {
    expect((await ana.query({ _name: operation })).map((row) => row[key])).toContain(value)
  })
})
