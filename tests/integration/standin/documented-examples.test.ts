import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Violation } from '#tests/support/thehive/openapi/validation.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { Json } from './client.ts'

/** The examples of thehive4py's page on alerts, as the requests that client (version 2) sends for them. */

/** The version whose document the traffic is checked against. */
const documented = '5.6.2'
const versions = ['5.1.9', '5.2.0', documented, '5.7.1', '5.8.0']
const hives = await Promise.all(
  versions.map((version) => startStandIn({ version, validate: version === documented })),
)

afterAll(() => Promise.all(hives.map((hive) => hive.stop())))

type Sent = {
  method: string
  path: string
  json?: Json | undefined
  body?: Uint8Array | undefined
  type?: string | undefined
}

/** The calls of the page's client on one server. */
function clientOf(url: string) {
  const want = async (status: number, { method, path, json, body, type }: Sent): Promise<Json> => {
    const content = json ? 'application/json' : type
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: 'Bearer ana-key',
        'User-Agent': 'python-requests/2.32.3',
        Accept: '*/*',
        ...(content ? { 'Content-Type': content } : {}),
      },
      body: json ? JSON.stringify(json) : ((body ?? null) as BodyInit | null),
    })
    const text = await response.text()
    const answer = { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as Json) }
    expect(answer).toMatchObject({ status })
    return answer.body as Json
  }
  const run = async (name: string, ...query: Json[]) =>
    (await want(200, {
      ...{ method: 'POST', path: `/api/v1/query?name=${name}` },
      json: { query, excludeFields: [] },
    })) as unknown as Json[]
  return {
    want,
    run,
    create: (json: Json) => want(201, { method: 'POST', path: '/api/v1/alert', json }),
    get: (id: unknown) => want(200, { method: 'GET', path: `/api/v1/alert/${String(id)}` }),
    find: (filters: Json) => run('alerts', { _name: 'listAlert' }, { _name: 'filter', ...filters }),
  }
}

/** The page's filter classes: each combination is flat. */
const eq = (_field: string, _value: unknown): Json => ({ _eq: { _field, _value } })
const and = (...of: Json[]): Json => ({ _and: of })
const or = (...of: Json[]): Json => ({ _or: of })
const not = (filter: Json): Json => ({ _not: filter })

const fresh = (type: string, title: string, description = title): Json => ({
  ...{ type, source: 'tutorial', sourceRef: randomUUID().replaceAll('-', ''), title, description },
})

/** requests' multipart body for `files={...}`: every part, `_json` included, carries a file name. */
function multipart(parts: Record<string, { filename: string; content: string; type?: string }>) {
  const boundary = randomUUID().replaceAll('-', '')
  const lines = Object.entries(parts).flatMap(([name, { filename, content, type }]) => [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${name}"; filename="${filename}"`,
    ...(type ? [`Content-Type: ${type}`] : []),
    '',
    content,
  ])
  const body = new TextEncoder().encode([...lines, `--${boundary}--`, ''].join('\r\n'))
  return { body, type: `multipart/form-data; boundary=${boundary}` }
}

const observables = [
  { dataType: 'ip', data: '192.0.2.4' },
  { dataType: 'domain', data: 'example.com' },
]

const violations: Violation[] = []

describe.each(hives.map((hive) => [hive.server.version, hive] as const))('on %s: ', (version, hive) => {
  const { want, run, create, get, find } = clientOf(hive.url)

  afterEach(() => {
    violations.push(...hive.violations())
    hive.reset()
  })

  test('simple alert', async () => {
    const simple = {
      type: 'simple',
      source: 'tutorial',
      sourceRef: 'should-be-unique',
      title: 'a simple alert',
      description: 'a bit too simple',
    }
    expect(await create(simple)).toMatchObject({ ...simple, _type: 'Alert', status: 'New' })
  })

  test('advanced alert', async () => {
    const advanced = { ...fresh('advanced', 'an advanced alert'), tags: ['advanced', 'example'], severity: 1 }
    const made = await create({ ...advanced, caseTemplate: 'my-template' })
    const label = version === '5.1.9' ? {} : { severityLabel: 'LOW' }
    expect(made).toMatchObject({ ...advanced, ...label })
    expect(await create({ ...fresh('advanced', 'templated'), caseTemplate: 'phishing' })).toMatchObject({
      caseTemplate: 'phishing',
    })
  })

  test('observables during creation', async () => {
    const made = await create({ ...fresh('alert-with-observables', 'alert with observables'), observables })
    expect(made).toMatchObject({ observableCount: 2 })
  })

  test('observables on an existing alert', async () => {
    const { _id } = await create(fresh('alert-without-observables', 'alert without observables'))
    for (const json of observables) {
      const added = await want(201, { method: 'POST', path: `/api/v1/alert/${_id}/observable`, json })
      expect(added).toMatchObject([json])
    }
    expect(await get(_id)).toMatchObject({ observableCount: 2 })
  })

  test('file based observables', async () => {
    const key = randomUUID().replaceAll('-', '')
    const alert = {
      ...fresh('alert-with-file-observable', 'alert with file observables'),
      observables: [{ dataType: 'file', attachment: key }],
    }
    const parts = {
      [key]: { filename: 'my-observable.txt', content: 'some observable content', type: 'text/plain' },
      _json: { filename: '_json', content: JSON.stringify(alert) },
    }
    const made = await want(201, { method: 'POST', path: '/api/v1/alert', ...multipart(parts) })
    expect(made).toMatchObject({ observableCount: 1 })
    const [observable] = await run(
      'observables',
      { _name: 'getAlert', idOrName: made._id },
      { _name: 'observables' },
    )
    expect(observable).toMatchObject({
      dataType: 'file',
      attachment: { name: 'my-observable.txt', size: 23, contentType: 'text/plain' },
    })
  })

  test('update single', async () => {
    const { _id } = await create(fresh('update-single', 'original alert', 'a single alert to update'))
    const json = { title: 'updated alert', tags: ['update-single'] }
    expect(await want(204, { method: 'PATCH', path: `/api/v1/alert/${_id}`, json })).toBeUndefined()
    expect(await get(_id)).toMatchObject(json)
  })

  test('update bulk', async () => {
    const made = [
      await create(fresh('update-bulk', 'original alert #0')),
      await create(fresh('update-bulk', 'original alert #1')),
    ]
    const ids = made.map(({ _id }) => _id)
    const fields = { title: 'bulk updated alert', tags: ['update-bulk'] }
    await want(204, { method: 'PATCH', path: '/api/v1/alert/_bulk', json: { ids, ...fields } })
    for (const id of ids) expect(await get(id)).toMatchObject(fields)
  })

  test('get single', async () => {
    const made = await create(fresh('get-single', 'alert to get', 'a single alert to fetch'))
    expect(await get(made._id)).toEqual(made)
  })

  test('find multiple with raw filters', async () => {
    const antivirus = await create({ ...fresh('find-multiple', 'alert to find'), tags: ['antivirus'] })
    await create({ ...fresh('find-multiple', 'alert to find'), tags: ['phishing'] })
    const filter = { _eq: { _field: 'tags', _value: 'antivirus' } }
    expect(await find({ _or: [filter, filter] })).toEqual([antivirus])
  })

  describe('find multiple with class filters', () => {
    const tagged = async (...lists: string[][]) => {
      const made = []
      for (const tags of lists) made.push(await create({ ...fresh('find-multiple', 'alert to find'), tags }))
      return made
    }

    test('either, with |', async () => {
      const made = await tagged(['antivirus-or'], ['phishing-or'], ['neither'])
      const found = await find(or(eq('tags', 'antivirus-or'), eq('tags', 'phishing-or')))
      expect(found).toHaveLength(2)
      expect(found).toEqual(expect.arrayContaining(made.slice(0, 2)))
    })

    test('both, with &', async () => {
      const [both] = await tagged(['antivirus-and', 'phishing-and'], ['antivirus-and'], ['phishing-and'])
      expect(await find(and(eq('tags', 'antivirus-and'), eq('tags', 'phishing-and')))).toEqual([both])
    })

    test('not, with ~', async () => {
      const [, other] = await tagged(['all-not', 'antivirus-not'], ['all-not'])
      expect(await find(and(eq('tags', 'all-not'), not(eq('tags', 'antivirus-not'))))).toEqual([other])
    })

    test('all three together', async () => {
      const [one, , three] = await tagged(['mix', 'a'], ['mix', 'b'], ['mix', 'c'])
      const found = await find(and(eq('tags', 'mix'), or(eq('tags', 'a'), not(eq('tags', 'b')))))
      expect(found).toHaveLength(2)
      expect(found).toEqual(expect.arrayContaining([one, three]))
    })
  })

  test('promote to case', async () => {
    const { _id } = await create(fresh('promote', 'promote to case', 'an alert to promote to case'))
    const promoted = await want(201, { method: 'POST', path: `/api/v1/alert/${_id}/case`, json: {} })
    expect(promoted).toMatchObject({
      _type: 'Case',
      title: 'promote to case',
      description: 'an alert to promote to case',
    })
    expect(await get(_id)).toMatchObject({ caseId: promoted._id, status: 'Imported' })
  })

  test('promote to case with fields of its own', async () => {
    const { _id } = await create(fresh('promote', 'promote to case'))
    const json = { title: 'another title', severity: 3, tags: ['from-alert'] }
    const promoted = await want(201, { method: 'POST', path: `/api/v1/alert/${_id}/case`, json })
    expect(promoted).toMatchObject(json)
    expect(await get(_id)).toMatchObject({ title: 'promote to case' })
  })

  const parentCase = () =>
    want(201, {
      method: 'POST',
      path: '/api/v1/case',
      json: { title: 'parent case', description: 'a simple parent case' },
    })

  test('merge into case', async () => {
    const parent = await parentCase()
    const { _id } = await create(fresh('merge-into-case', 'alert to merge'))
    const merged = await want(200, { method: 'POST', path: `/api/v1/alert/${_id}/merge/${parent._id}` })
    expect(merged).toMatchObject({ _id: parent._id, title: 'parent case' })
    expect(await get(_id)).toMatchObject({ caseId: parent._id, status: 'Imported' })
  })

  test('merge into case in bulk', async () => {
    const parent = await parentCase()
    const alertIds = []
    for (let at = 0; at < 3; at++)
      alertIds.push((await create(fresh('merge-into-case', `alert to merge ${at}`)))._id)
    const json = { caseId: parent._id, alertIds }
    expect(await want(200, { method: 'POST', path: '/api/v1/alert/merge/_bulk', json })).toMatchObject({
      _id: parent._id,
    })
    for (const id of alertIds) expect(await get(id)).toMatchObject({ caseId: parent._id })
  })

  test('delete single', async () => {
    const { _id } = await create(fresh('delete', 'delete alert', 'an alert to delete'))
    await want(204, { method: 'DELETE', path: `/api/v1/alert/${_id}` })
    await want(404, { method: 'GET', path: `/api/v1/alert/${_id}` })
  })

  test('delete in bulk', async () => {
    const ids = [
      (await create(fresh('delete', 'delete alert #0')))._id,
      (await create(fresh('delete', 'delete alert #1')))._id,
    ]
    await want(204, { method: 'POST', path: '/api/v1/alert/delete/_bulk', json: { ids } })
    for (const id of ids) await want(404, { method: 'GET', path: `/api/v1/alert/${id}` })
  })
})

test('every request and reply of the examples satisfies the API document', ({ skip }) => {
  const absent = hives.find(({ server }) => server.version === documented)?.validationAbsent
  if (absent) skip(absent)
  expect(violations).toEqual([])
})
