import { describe, expect, test } from 'vitest'
import { useStandIn, type Json } from './client.ts'
import {
  briefStandIn,
  createOlderAlert,
  createOlderCase,
  createOlderClient,
  encoded,
  olderAlert,
} from './v0-client.ts'

const hive = await useStandIn({ flavour: 'thehive3' })
const client = createOlderClient(hive.url)
const admin = createOlderClient(hive.url, 'boss-key')

const ip = (data: string, more: Json = {}) => ({ dataType: 'ip', data, message: 'seen', ...more })
const update = (id: unknown, body: Json) => client.want(200, 'PATCH', `/alert/${id}`, body)
const get = (id: unknown) => client.get(`/alert/${id}`)
const artifactsOf = (caseId: unknown) =>
  client.search('case/artifact', { _parent: { _type: 'case', _query: { _id: caseId } } })

/** A client of a server at a version of its own. */
async function older(version: string) {
  const { url } = await briefStandIn({ flavour: 'thehive3', version })
  return { client: createOlderClient(url) }
}

describe('creating', () => {
  test('takes what only the server may say out of the request, and a chosen id in', async () => {
    const asked = {
      _id: 'chosen',
      status: 'Imported',
      follow: false,
      case: 'x',
      lastSyncDate: 1,
      date: 12_345,
    }
    expect(await createOlderAlert(client, asked)).toMatchObject({
      ...{ _id: 'chosen', id: 'chosen', status: 'New', follow: true, date: 12_345 },
    })
    expect((await get('chosen')).case).toBeUndefined()
  })

  test('reads dates in their text form too', async () => {
    const made = await createOlderAlert(client, { date: '20190131T235959+0100' })
    expect(made.date).toBe(Date.UTC(2019, 0, 31, 22, 59, 59))
  })

  test.each([
    [{ pap: 2 }, 'pap', 'UnknownAttributeError'],
    [{ externalLink: 'https://siem.example/1' }, 'externalLink', 'UnknownAttributeError'],
    [{ severity: 5 }, 'severity', 'InvalidFormatAttributeError'],
    [{ tlp: 4 }, 'tlp', 'InvalidFormatAttributeError'],
    [{ tags: 'one' }, 'tags', 'InvalidFormatAttributeError'],
    [{ title: null }, 'title', 'MissingAttributeError'],
    [{ artifacts: [{ dataType: 'ip', data: '192.0.2.1' }] }, 'artifacts.message', 'MissingAttributeError'],
    [{ customFields: { 'risk-score': 3 } }, 'customFields.risk-score', 'InvalidFormatAttributeError'],
  ])('refuses %j without a message of its own', async (wrong, name, type) => {
    const refused = await client.want(400, 'POST', '/alert', olderAlert(wrong))
    expect(refused).toMatchObject({
      type: 'AttributeCheckingError',
      tableName: 'alert',
      errors: [{ name, type }],
    })
    expect(refused).not.toHaveProperty('message')
    expect(hive.effects()).toEqual({})
  })

  test('drops artifacts without content in silence, and takes equal ones once', async () => {
    const artifacts = [
      { data: 'no type', message: 'x' },
      { dataType: 'file', data: 'no;content', message: 'x' },
      { dataType: 'domain', message: 'x' },
      ...[ip('192.0.2.1'), ip('192.0.2.1', { tags: ['again'] }), ip('192.0.2.2', { tlp: 3, ioc: true })],
    ]
    const { _id, artifacts: kept } = await createOlderAlert(client, { artifacts })
    expect(kept).toEqual([ip('192.0.2.1'), ip('192.0.2.2', { tlp: 3, ioc: true })])
    expect(hive.effects()).toMatchObject({
      [`observable ${_id} ip 192.0.2.1`]: 1,
      [`observable ${_id} ip 192.0.2.2`]: 1,
    })
  })

  test('keeps custom fields as they come, whether defined or not', async () => {
    const customFields = { 'risk-score': { number: 7, order: 2 }, unheard: { string: null, order: 0 } }
    expect((await createOlderAlert(client, { customFields })).customFields).toEqual(customFields)
  })

  test('a severity of 4 came with 3.4.1', async () => {
    const before = await older('3.4.0')
    await before.client.want(400, 'POST', '/alert', olderAlert({ severity: 4 }))
    expect((await createOlderAlert(client, { severity: 4 })).severity).toBe(4)
  })
})

describe('updating', () => {
  test.each(['type', 'source', 'sourceRef', 'date'])('%s is read-only', async (name) => {
    const { _id } = await createOlderAlert(client)
    const value = name === 'date' ? 1 : 'other'
    expect(await client.want(400, 'PATCH', `/alert/${_id}`, { [name]: value })).toMatchObject({
      type: 'AttributeCheckingError',
      errors: [{ name, type: 'UpdateReadOnlyAttributeError' }],
    })
  })

  test('the status is never the caller’s', async () => {
    const { _id } = await createOlderAlert(client)
    expect(await update(_id, { status: 'Ignored', severity: 3 })).toMatchObject({
      status: 'New',
      severity: 3,
    })
    await client.post(`/alert/${_id}/markAsRead`)
    expect(await update(_id, { status: 'New' })).toMatchObject({ status: 'Updated' })
    expect(hive.effects()).not.toHaveProperty(`update ${_id} status=New`)
  })

  test('an alert that is not followed keeps its status', async () => {
    const { _id } = await createOlderAlert(client)
    await client.post(`/alert/${_id}/markAsRead`)
    await client.post(`/alert/${_id}/unfollow`)
    expect(await update(_id, { title: 'Other' })).toMatchObject({ status: 'Ignored', title: 'Other' })
    expect(await update(_id, { follow: true })).toMatchObject({ status: 'Updated', follow: true })
  })

  test('a followed alert brings its artifacts to its case and opens it again', async () => {
    const { _id } = await createOlderAlert(client, { artifacts: [ip('192.0.2.1')] })
    const promoted = await client.want(201, 'POST', `/alert/${_id}/createCase`, {})
    await client.want(200, 'PATCH', `/case/${promoted._id}`, { status: 'Resolved', summary: 'Done' })
    await update(_id, { artifacts: [ip('192.0.2.2')] })
    expect(await client.get(`/case/${promoted._id}`)).toMatchObject({ status: 'Open' })
    expect((await artifactsOf(promoted._id)).map(({ data }) => data)).toEqual(['192.0.2.1', '192.0.2.2'])
    expect((await get(_id)).artifacts).toEqual([ip('192.0.2.2')])
  })

  test('a list of artifacts is stored as it is, doubles and known files included', async () => {
    const file = { dataType: 'file', data: encoded('a.txt', 'text/plain', 'hello'), message: 'note' }
    const { _id, artifacts } = await createOlderAlert(client, { artifacts: [file] })
    const [known] = artifacts as Json[]
    const updated = await update(_id, { artifacts: [known, ip('192.0.2.1'), ip('192.0.2.1')] })
    expect(updated.artifacts).toEqual([known, ip('192.0.2.1'), ip('192.0.2.1')])
  })

  test('the text of a file stays a text', async () => {
    const { _id } = await createOlderAlert(client)
    const late = { dataType: 'file', data: encoded('a.txt', 'text/plain', 'hello'), message: 'note' }
    expect((await update(_id, { artifacts: [late] })).artifacts).toEqual([late])
  })

  test('custom fields are set whole, by name, or by name and type', async () => {
    const { _id } = await createOlderAlert(client, {
      customFields: { contained: { boolean: false, order: 0 } },
    })
    await update(_id, { 'customFields.risk-score': { number: 3, order: 1 } })
    const changed = await update(_id, { 'customFields.contained.boolean': true })
    expect(changed.customFields).toEqual({
      contained: { boolean: true, order: 0 },
      'risk-score': { number: 3, order: 1 },
    })
    expect((await update(_id, { customFields: {} })).customFields).toEqual({})
  })

  test('up to 3.2.1 an update stores what it is told', async () => {
    const before = await older('3.2.1')
    const { _id } = await createOlderAlert(before.client)
    expect(await before.client.want(200, 'PATCH', `/alert/${_id}`, { status: 'Ignored' })).toMatchObject({
      status: 'Ignored',
    })
  })
})

describe('updating in bulk', () => {
  test('is not held to the rule of the status', async () => {
    const { _id } = await createOlderAlert(client)
    expect(await client.want(200, 'PATCH', '/alert/_bulk', { ids: [_id], status: 'Ignored' })).toMatchObject([
      { status: 'Ignored' },
    ])
  })

  test('tells apart what went well and what did not', async () => {
    const { _id } = await createOlderAlert(client)
    const mixed = await client.want(207, 'PATCH', '/alert/_bulk', { ids: [_id, 'nothing'], severity: 1 })
    expect(mixed).toMatchObject({ success: [{ _id, severity: 1 }], failure: [{ type: 'NotFoundError' }] })
    const failed = await client.want(400, 'PATCH', '/alert/_bulk', { ids: ['nothing'], severity: 1 })
    expect(failed).toMatchObject([{ type: 'NotFoundError', message: 'alert nothing not found' }])
    expect(await client.want(200, 'PATCH', '/alert/_bulk', { severity: 1 })).toEqual([])
  })
})

describe('deleting', () => {
  test('without force makes it unread, and nothing else', async () => {
    const { _id } = await createOlderAlert(client)
    await client.post(`/alert/${_id}/markAsRead`)
    await client.want(204, 'DELETE', `/alert/${_id}`)
    expect(await get(_id)).toMatchObject({ status: 'New' })
    expect(hive.effects()).not.toHaveProperty(`delete alert ${_id}`)
  })

  test('before 3.4.0 there was no force, and the alert was ignored', async () => {
    const before = await older('3.3.1')
    const { _id } = await createOlderAlert(before.client)
    await before.client.want(204, 'DELETE', `/alert/${_id}?force=1`)
    expect(await before.client.get(`/alert/${_id}`)).toMatchObject({ status: 'Ignored' })
  })

  test('in bulk needs an administrator', async () => {
    const ids = [(await createOlderAlert(client))._id, (await createOlderAlert(client))._id]
    const body = { ids, force: true }
    await client.want(403, 'POST', '/alert/delete/_bulk', body)
    await admin.want(204, 'POST', '/alert/delete/_bulk', body)
    for (const id of ids) await client.want(404, 'GET', `/alert/${id}`)
    expect(hive.effects()).toMatchObject({ [`delete alert ${ids[0]}`]: 1, [`delete alert ${ids[1]}`]: 1 })
  })

  test('makes room for the same reference', async () => {
    const body = olderAlert()
    const { _id } = await client.want(201, 'POST', '/alert', body)
    await client.want(204, 'DELETE', `/alert/${_id}?force=1`)
    expect(await client.want(201, 'POST', '/alert', body)).toMatchObject({ _id })
  })
})

describe('promoting', () => {
  test('uses the template of the request, else the alert’s; the blank stands even without a prefix', async () => {
    const own = await createOlderAlert(client, { caseTemplate: 'generic', tags: ['mine'] })
    expect(await client.want(201, 'POST', `/alert/${own._id}/createCase`)).toMatchObject({
      title: ' An alert',
    })
    const asked = await createOlderAlert(client, { caseTemplate: 'generic', tags: ['mine'] })
    const body = { caseTemplate: 'phishing' }
    const promoted = await client.want(201, 'POST', `/alert/${asked._id}/createCase`, body)
    expect(promoted).toMatchObject({
      title: '[PHISH] An alert',
      tags: ['mine', 'phishing', 'playbook:phishing'],
    })
    const tasks = await client.search('case/task', { _parent: { _type: 'case', _id: promoted._id } })
    expect(tasks).toMatchObject(Array.from({ length: 5 }, () => ({ status: 'Waiting', _type: 'case_task' })))
  })

  test('an unknown template makes a case from scratch', async () => {
    const { _id } = await createOlderAlert(client, { type: 'phishing' })
    const body = { caseTemplate: 'unheard of' }
    expect(await client.want(201, 'POST', `/alert/${_id}/createCase`, body)).toMatchObject({
      title: 'An alert',
    })
  })

  test('up to 3.2.0 a template named like the type was taken', async () => {
    const before = await older('3.2.0')
    const { _id } = await createOlderAlert(before.client, { type: 'phishing' })
    expect(await before.client.want(201, 'POST', `/alert/${_id}/createCase`)).toMatchObject({
      title: '[PHISH] An alert',
    })
  })

  test('again answers the same case, and counts once', async () => {
    const { _id } = await createOlderAlert(client)
    const first = await client.want(201, 'POST', `/alert/${_id}/createCase`)
    expect(await client.want(201, 'POST', `/alert/${_id}/createCase`)).toMatchObject({ _id: first._id })
    expect(hive.effects()).toMatchObject({ [`promote alert ${_id}`]: 1 })
  })
})

describe('merging', () => {
  test('an imported alert answers its old case, unchanged', async () => {
    const { _id } = await createOlderAlert(client)
    const promoted = await client.want(201, 'POST', `/alert/${_id}/createCase`)
    const other = await createOlderCase(client)
    const merged = await client.want(201, 'POST', `/alert/${_id}/merge/${other._id}`)
    expect(merged).toMatchObject({ _id: promoted._id, description: 'Something' })
    expect(hive.effects()).not.toHaveProperty(`merge alert ${_id} -> case ${other._id}`)
  })

  test('in bulk nobody asks: the alert is the new case’s', async () => {
    const { _id } = await createOlderAlert(client, {
      tags: ['a'],
      artifacts: [ip('192.0.2.9', { tags: ['t'] })],
    })
    await client.want(201, 'POST', `/alert/${_id}/createCase`)
    const target = await createOlderCase(client, { tags: ['b'] })
    await client.want(201, 'POST', `/case/${target._id}/artifact`, ip('192.0.2.9', { tags: ['u'] }))
    const body = { caseId: target._id, alertIds: [_id] }
    const merged = await client.want(201, 'POST', '/alert/merge/_bulk', body)
    expect(merged).toMatchObject({ _id: target._id, tags: ['b', 'a'] })
    expect(merged.description).toMatch(/#### Merged with alert #ref-\d+ An alert\n\nSomething$/)
    expect(await get(_id)).toMatchObject({ case: target._id, status: 'Imported' })
    expect(await artifactsOf(target._id)).toMatchObject([{ tags: ['u', 't', 'src:external'] }])
  })

  test('needs a case', async () => {
    expect(await client.want(400, 'POST', '/alert/merge/_bulk', { alertIds: [] })).toEqual({
      type: 'BadRequest',
      message: 'Parameter "caseId" is missing',
    })
    const { _id } = await createOlderAlert(client)
    expect(await client.want(404, 'POST', `/alert/${_id}/merge/nothing`)).toMatchObject({
      type: 'NotFoundError',
    })
  })
})
