import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { Violation } from '#tests/support/thehive/openapi/validation.ts'
import { useStandIn, type Json } from './client.ts'

/** The examples of thehive4py's page on alerts, as the requests that client (version 2) sends for them. */

const hive = await useStandIn({ validate: true })

type Sent = {
  method: string
  path: string
  json?: Json | undefined
  body?: Uint8Array | undefined
  type?: string | undefined
}

async function send({ method, path, json, body, type }: Sent): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${hive.url}${path}`, {
    method,
    headers: {
      Authorization: 'Bearer ana-key',
      'User-Agent': 'python-requests/2.32.3',
      Accept: '*/*',
      ...(json ? { 'Content-Type': 'application/json' } : type ? { 'Content-Type': type } : {}),
    },
    body: json ? JSON.stringify(json) : ((body ?? null) as BodyInit | null),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function want(status: number, sent: Sent): Promise<Json> {
  const answer = await send(sent)
  expect(answer).toMatchObject({ status })
  return answer.body as Json
}

const create = (json: Json) => want(201, { method: 'POST', path: '/api/v1/alert', json })
const get = (id: unknown) => want(200, { method: 'GET', path: `/api/v1/alert/${id}` })
const find = async (filters: Json) =>
  (await want(200, {
    ...{ method: 'POST', path: '/api/v1/query?name=alerts' },
    json: { query: [{ _name: 'listAlert' }, { _name: 'filter', ...filters }] },
  })) as unknown as Json[]

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

afterEach(() => {
  violations.push(...hive.violations())
})

describe('the examples of the alert page', () => {
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
    expect(made).toMatchObject({ ...advanced, severityLabel: 'LOW' })
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
    const [observable] = (await want(200, {
      ...{ method: 'POST', path: '/api/v1/query?name=observables' },
      json: { query: [{ _name: 'getAlert', idOrName: made._id }, { _name: 'observables' }] },
    })) as unknown as Json[]
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

  test('find multiple with class filters', async () => {
    const tagged = []
    for (const tag of ['antivirus-2', 'phishing-2'])
      tagged.push(await create({ ...fresh('find-multiple', 'alert to find'), tags: [tag] }))
    const either = {
      _or: ['antivirus-2', 'phishing-2'].map((_value) => ({ _eq: { _field: 'tags', _value } })),
    }
    expect(await find(either)).toEqual(expect.arrayContaining(tagged))
    expect(await find(either)).toHaveLength(2)
    const [first, second] = either._or
    expect(await find({ _and: [first, second] })).toEqual([])
    expect(await find({ _and: [either, { _not: first }] })).toEqual([tagged[1]])
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

  test('merge into case', async () => {
    const parent = await want(201, {
      method: 'POST',
      path: '/api/v1/case',
      json: { title: 'parent case', description: 'a simple parent case' },
    })
    const ids = []
    for (let at = 0; at < 3; at++)
      ids.push((await create(fresh('merge-into-case', `alert to merge ${at}`)))._id)
    const merged = await want(200, { method: 'POST', path: `/api/v1/alert/${ids[0]}/merge/${parent._id}` })
    expect(merged).toMatchObject({ _id: parent._id, title: 'parent case' })
    const json = { caseId: parent._id, alertIds: ids.slice(1) }
    await want(200, { method: 'POST', path: '/api/v1/alert/merge/_bulk', json })
    for (const id of ids) expect(await get(id)).toMatchObject({ caseId: parent._id })
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
  if (hive.validationAbsent) skip(hive.validationAbsent)
  expect(violations).toEqual([])
})
