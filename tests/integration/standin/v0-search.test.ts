import { beforeAll, describe, expect, test } from 'vitest'
import { useStandIn, type Json } from './client.ts'
import { briefStandIn, createOlderCase, createOlderClient, olderAlert } from './v0-client.ts'

const three = await useStandIn({ flavour: 'thehive3' })
const four = await useStandIn({ flavour: 'thehive4' })
const clients = { thehive3: createOlderClient(three.url), thehive4: createOlderClient(four.url) }

const drafts: Json[] = [
  { title: 'Red apple', severity: 1, date: 1000, tags: ['fruit', 'red'], customFields: { 'risk-score': 1 } },
  { title: 'Green apple', severity: 2, date: 2000, tags: ['fruit'], description: 'two words' },
  { title: 'red brick', severity: 3, date: 3000, tags: [] },
]

const fieldsIn = {
  thehive3: (value: unknown) => ({ number: value, order: 0 }),
  thehive4: (value: unknown) => value,
}

beforeAll(async () => {
  for (const flavour of ['thehive3', 'thehive4'] as const) {
    for (const { customFields, ...draft } of drafts) {
      const score = (customFields as Json | undefined)?.['risk-score']
      const fields = score === undefined ? {} : { customFields: { 'risk-score': fieldsIn[flavour](score) } }
      await clients[flavour].want(201, 'POST', '/alert', olderAlert({ ...draft, ...fields, type: 'search' }))
    }
  }
})

const both = ['thehive3', 'thehive4'] as const

describe.each(both)('searching in %s', (flavour) => {
  const client = clients[flavour]
  const titles = async (query: Json) =>
    (await client.search('alert', { _and: [{ type: 'search' }, query] }, { sort: ['+severity'] })).map(
      ({ severity }) => severity,
    )

  test.each<[Json, number[]]>([
    [{}, [1, 2, 3]],
    [{ _any: {} }, [1, 2, 3]],
    [{ severity: 2 }, [2]],
    [{ _field: 'severity', _value: 3 }, [3]],
    [{ tags: 'fruit' }, [1, 2]],
    [{ _not: { tags: 'fruit' } }, [3]],
    [{ _or: [{ severity: 1 }, { severity: 3 }] }, [1, 3]],
    [{ _or: [] }, []],
    [{ _gt: { severity: 1 } }, [2, 3]],
    [{ _gte: { date: 2000 } }, [2, 3]],
    [{ _lt: { date: 2000 } }, [1]],
    [{ _lte: { date: 2000 } }, [1, 2]],
    [{ _in: { _field: 'severity', _values: [1, 3] } }, [1, 3]],
    [{ _contains: 'customFields.risk-score' }, [1]],
    [{ 'customFields.risk-score': 1 }, [1]],
    [{ status: 'New' }, [1, 2, 3]],
    [{ _or: [{ _gte: { updatedAt: 0 } }, { _gte: { createdAt: 0 } }] }, [1, 2, 3]],
    [{ _gte: { updatedAt: 0 } }, []],
  ])('%j finds %j', async (query, found) => {
    expect(await titles(query)).toEqual(found)
  })

  test('pages are ten unless told; the total is that of all', async () => {
    const page = (body: Json) => client.send('POST', '/alert/_search', { query: { type: 'search' }, ...body })
    const { headers, body } = await page({ range: '1-2', sort: '-date' })
    expect(body).toMatchObject([{ title: 'Green apple' }])
    expect(headers.get('x-total')).toBe('3')
    for (const range of ['2-2', '2-1', 'nonsense'])
      expect((await page({ range, sort: ['date'] })).body).toHaveLength(range === 'nonsense' ? 3 : 1)
  })

  test('parameters may stand in the address or in a form as well', async () => {
    const listed = await client.send('GET', '/alert?range=0-1&sort=-date')
    expect(listed.body).toMatchObject([{ title: 'red brick' }])
    const twice = await client.send('POST', '/alert/_search?sort=-type&sort=severity&range=all', {
      query: { type: 'search' },
    })
    expect((twice.body as Json[]).map(({ severity }) => severity)).toEqual([1, 2, 3])
    const form = new URLSearchParams({ range: '0-1', sort: '+date', query: '{"type":"search"}' })
    expect((await client.send('POST', '/alert/_search', form)).body).toMatchObject([{ title: 'Red apple' }])
  })

  test('observables know their case, and cases theirs', async () => {
    const target = await createOlderCase(client, { title: 'Parent' })
    const draft = { dataType: 'ip', data: '192.0.2.250', message: 'x', tags: ['t'] }
    await client.want(201, 'POST', `/case/${target._id}/artifact`, draft)
    await createOlderCase(client, { title: 'Childless' })
    expect(
      await client.search('case/artifact', { _parent: { _type: 'case', _id: target._id } }),
    ).toHaveLength(1)
    const byTitle = { _parent: { _type: 'case', _query: { title: 'Childless' } } }
    expect(await client.search('case/artifact', byTitle)).toEqual([])
    const query = { _child: { _type: 'case_artifact', _query: { data: '192.0.2.250' } } }
    expect(await client.search('case', query)).toMatchObject([{ title: 'Parent' }])
  })

  test('statistics go into one object', async () => {
    const query = { type: 'search' }
    const stats = [
      { _agg: 'count' },
      { _agg: 'field', _field: 'tags', _select: [{ _agg: 'max', _field: 'severity' }, { _agg: 'count' }] },
      { _agg: 'avg', _field: 'severity', _name: 'average' },
      { _agg: 'sum', _field: 'severity' },
      { _agg: 'time', _fields: ['date'], _interval: '1s', _name: 'over time' },
    ]
    expect(await client.post('/alert/_stats', { query, stats })).toEqual({
      ...{ count: 3, average: 2, sum_severity: 6 },
      ...{ fruit: { max_severity: 2, count: 2 }, red: { max_severity: 1, count: 1 } },
      'over time': {
        1000: { date: { count: 1 } },
        2000: { date: { count: 1 } },
        3000: { date: { count: 1 } },
      },
    })
    const top = [{ _agg: 'field', _field: 'tags', _size: 1, _order: ['-count'] }]
    expect(await client.post('/alert/_stats', { query, stats: top })).toEqual({ fruit: { count: 2 } })
    expect(await client.want(400, 'POST', '/alert/_stats', { query })).toMatchObject({
      message: 'Parameter "stats" is missing',
    })
  })

  test('people are found', async () => {
    expect(await client.search('user', { login: 'ana@acme.example' })).toMatchObject([
      { name: 'Ana Analyst' },
    ])
  })

  test('what happened is found', async () => {
    const alert = await client.want(201, 'POST', '/alert', olderAlert())
    await client.want(200, 'PATCH', `/alert/${alert._id}`, { severity: 1 })
    const query = { _and: [{ objectId: alert._id }, { objectType: 'alert' }] }
    expect(await client.search('audit', query, { sort: '+startDate' })).toMatchObject([
      { operation: 'Creation', rootId: alert._id, base: true, createdBy: 'ana@acme.example' },
      { operation: 'Update', details: { severity: 1 }, startDate: expect.any(Number) },
    ])
  })
})

describe('where the two differ', () => {
  const run = (flavour: (typeof both)[number], query: Json) =>
    clients[flavour].send('POST', '/alert/_search', {
      query: { _and: [{ type: 'search' }, query] },
      sort: ['severity'],
    })
  const severities = async (flavour: (typeof both)[number], query: Json) =>
    ((await run(flavour, query)).body as Json[]).map(({ severity }) => severity)

  test('between leaves out both ends in 3, and only the upper one in 4', async () => {
    const query = { _between: { _field: 'date', _from: 1000, _to: 3000 } }
    expect(await severities('thehive3', query)).toEqual([2])
    expect(await severities('thehive4', query)).toEqual([1, 2])
  })

  test('3 compares the members of a list as texts', async () => {
    const query = { _in: { _field: 'severity', _values: ['2'] } }
    expect(await severities('thehive3', query)).toEqual([2])
    expect(await severities('thehive4', query)).toEqual([])
  })

  test('like: 3 looks for words, 4 minds a star at the ends alone', async () => {
    expect(await severities('thehive3', { _like: { _field: 'title', _value: 'RED' } })).toEqual([1, 3])
    expect(await severities('thehive4', { _like: { _field: 'title', _value: 'Red' } })).toEqual([])
    expect(await severities('thehive4', { _like: { _field: 'title', _value: '*apple' } })).toEqual([1, 2])
    expect(await severities('thehive4', { _wildcard: { _field: 'title', _value: '*e*' } })).toEqual([1, 2, 3])
    expect(await severities('thehive3', { _wildcard: { _field: 'title', _value: '*een*' } })).toEqual([2])
  })

  test.each([
    ['apple', [1, 2]],
    ['title:apple AND severity:2', [2]],
    ['tags:fru* AND NOT title:green', [1]],
    ['"two words"', [2]],
    ['*', [1, 2, 3]],
  ])('a query text such as %s counts in 3, and nothing in 4', async (_string, found) => {
    expect(await severities('thehive3', { _string })).toEqual(found)
    expect(await severities('thehive4', { _string })).toEqual([1, 2, 3])
  })

  test('the other spelling of a comparison, and more operators, are only of 4', async () => {
    const query = { _gt: { _field: 'severity', _value: 2 } }
    expect(await severities('thehive4', query)).toEqual([3])
    expect((await run('thehive3', query)).status).toBe(500)
    expect(await severities('thehive4', { _ne: { _field: 'severity', _value: 2 } })).toEqual([1, 3])
    expect(await severities('thehive4', { _startsWith: { _field: 'title', _value: 'Red' } })).toEqual([1])
  })

  test('a field nobody knows matches nothing in 3 and is refused by 4; so is a question nobody can read', async () => {
    expect(await severities('thehive3', { unheard: 1 })).toEqual([])
    expect(await run('thehive4', { unheard: 1 })).toMatchObject({
      status: 400,
      body: { message: 'Property unheard for type Alert not found' },
    })
    for (const query of [{ externalLink: 'x' }, { _and: 'x' }, { a: 1, b: 2 }, { _id: 'no-tilde' }])
      expect((await run('thehive4', query)).status).toBe(400)
    expect((await run('thehive3', { a: 1, b: 2 })).status).toBe(500)
  })

  test('4 knows only equality of the status', async () => {
    expect(await severities('thehive4', { _in: { _field: 'status', _values: ['New'] } })).toEqual([1, 2, 3])
    expect(await severities('thehive4', { _gt: { status: 'A' } })).toEqual([])
  })

  test('4 stops counting at a thousand and says so below zero', async () => {
    const many = await useMany('thehive4')
    expect((await many.send('POST', '/alert/_search', {})).headers.get('x-total')).toBe('-1000')
    const exact = await useMany('thehive3')
    expect((await exact.send('POST', '/alert/_search', {})).headers.get('x-total')).toBe('1001')
  })
})

async function useMany(flavour: (typeof both)[number]) {
  const hive = await briefStandIn({ flavour, alerts: 1001 })
  return createOlderClient(hive.url)
}
