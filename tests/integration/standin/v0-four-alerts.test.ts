import { describe, expect, test } from 'vitest'
import { useStandIn, type Json } from './client.ts'
import { createOlderAlert, createOlderCase, createOlderClient, encoded, olderAlert } from './v0-client.ts'

const hive = await useStandIn({ flavour: 'thehive4' })
const client = createOlderClient(hive.url)
const me = 'ana@acme.example'

const ip = (data: string, more: Json = {}) => ({ dataType: 'ip', data, ...more })
const update = (id: unknown, body: Json) => client.want(200, 'PATCH', `/alert/${id}`, body)
const get = (id: unknown) => client.get(`/alert/${id}`)
const observablesOf = (_id: unknown) =>
  client.search('case/artifact', { _parent: { _type: 'case', _query: { _id } } })

describe('creating', () => {
  test('answers every key, absent ones as null', async () => {
    const body = olderAlert({ unheard: 1 })
    const made = await client.want(201, 'POST', '/alert', body)
    expect(made).toEqual({
      ...{
        _id: expect.stringMatching(/^~\d+$/),
        id: made._id,
        _type: 'alert',
        createdBy: me,
        updatedBy: null,
      },
      ...{ createdAt: expect.any(Number), updatedAt: null, type: 'external', source: 'suite' },
      ...{ sourceRef: body.sourceRef, title: 'An alert', description: 'Something', externalLink: null },
      ...{ severity: 2, date: expect.any(Number), tags: [], tlp: 2, pap: 2, status: 'New', follow: true },
      ...{ case: null, customFields: {}, caseTemplate: null, artifacts: [], similarCases: [] },
    })
    expect(await get(made._id)).toEqual(made)
  })

  test('the same reference again is refused, in this organisation alone', async () => {
    const body = olderAlert()
    const { type, source, sourceRef } = body
    await client.want(201, 'POST', '/alert', body)
    expect(await client.want(400, 'POST', '/alert', body)).toEqual({
      type: 'CreateError',
      message: `Alert ${type}:${source}:${sourceRef} already exist in organisation acme`,
    })
    await createOlderClient(hive.url, 'gil-key').want(201, 'POST', '/alert', body)
    expect(await get(encodeURIComponent(`${type};${source};${sourceRef}`))).toMatchObject(body)
  })

  test('takes observables along, files within the text included, doubles once', async () => {
    const made = await createOlderAlert(client, {
      artifacts: [
        ip('192.0.2.1', { message: 'm', tags: ['t'], ioc: true }),
        ip('192.0.2.1'),
        { dataType: 'file', data: encoded('a.txt', 'text/plain', 'hello') },
        { dataType: 'file', data: 'empty.txt;text/plain' },
      ],
    })
    expect(made.artifacts).toMatchObject([
      {
        ...{
          _type: 'case_artifact',
          dataType: 'ip',
          data: '192.0.2.1',
          attachment: null,
          message: 'm',
          tlp: 2,
        },
        ...{ tags: ['t'], ioc: true, sighted: false, reports: {}, stats: {}, updatedAt: null },
      },
      { dataType: 'file', data: null, attachment: { name: 'a.txt', size: 5, contentType: 'text/plain' } },
      { dataType: 'file', attachment: { name: 'empty.txt', size: 0 } },
    ])
    const content = (made.artifacts as Json[])[1]?.attachment as Json
    expect(content.id).toBe((content.hashes as string[])[0])
  })

  test('is undone as a whole by an unknown type or a text that is no file', async () => {
    const unknown = olderAlert({ artifacts: [ip('192.0.2.1'), { dataType: 'unheard', data: 'x' }] })
    expect(await client.want(404, 'POST', '/alert', unknown)).toMatchObject({
      message: 'ObservableType unheard not found',
    })
    const broken = olderAlert({ artifacts: [{ dataType: 'file', data: 'a;b;c;d' }] })
    expect(await client.want(400, 'POST', '/alert', broken)).toMatchObject({
      type: 'AttributeCheckingError',
      errors: [{ name: 'artifacts.data' }],
    })
    expect(hive.effects()).toEqual({})
  })

  test('refuses wrong values with a message and all of their names', async () => {
    const refused = await client.want(400, 'POST', '/alert', { title: 7, type: 'external', tags: 'x' })
    expect(refused).toMatchObject({
      type: 'AttributeCheckingError',
      message: expect.stringContaining('title'),
    })
    expect((refused.errors as Json[]).map(({ name }) => name)).toEqual([
      'source',
      'sourceRef',
      'title',
      'description',
      'tags',
    ])
  })

  test('custom fields come bare or by type; an unknown one is not found; an unknown template is dropped', async () => {
    const customFields = {
      'risk-score': 7,
      contained: { boolean: true },
      confidence: { float: 0.5, order: 3 },
    }
    const made = await createOlderAlert(client, { customFields, caseTemplate: 'unheard' })
    expect(made).toMatchObject({
      customFields: {
        'risk-score': { integer: 7 },
        contained: { boolean: true },
        confidence: { float: 0.5 },
      },
      caseTemplate: null,
    })
    const wrong = olderAlert({ customFields: { unheard: 1 } })
    expect(await client.want(404, 'POST', '/alert', wrong)).toMatchObject({
      message: 'CustomField unheard not found',
    })
  })
})

describe('updating', () => {
  test('stores what it knows and passes over the rest', async () => {
    const { _id } = await createOlderAlert(client)
    const change = { title: 'Other', severity: 4, tags: ['a', 'b'], tlp: 3, pap: 1, follow: false, date: 12 }
    const updated = await update(_id, {
      ...change,
      status: 'Imported',
      case: '~1',
      externalLink: 'x',
      unheard: 1,
    })
    expect(updated).toMatchObject({ ...change, status: 'New', case: null, externalLink: null, updatedBy: me })
    expect(hive.effects()).toMatchObject({
      [`update ${_id} severity=4`]: 1,
      [`update ${_id} title=Other`]: 1,
    })
    expect(hive.effects()).not.toHaveProperty(`update ${_id} status=Imported`)
  })

  test('of nothing it knows changes nothing at all', async () => {
    const made = await createOlderAlert(client)
    expect(await update(made._id, { status: 'Ignored' })).toEqual(made)
  })

  test('custom fields are set one by one or as a whole', async () => {
    const { _id } = await createOlderAlert(client, { customFields: { contained: true } })
    expect(await update(_id, { 'customFields.risk-score': 3 })).toMatchObject({
      customFields: { contained: { boolean: true }, 'risk-score': { integer: 3 } },
    })
    expect((await update(_id, { customFields: { confidence: 1.5 } })).customFields).toEqual({
      confidence: { float: 1.5 },
    })
  })

  test('the reference may move, but not onto another alert’s', async () => {
    const [one, two] = [await createOlderAlert(client), await createOlderAlert(client)]
    await client.want(400, 'PATCH', `/alert/${one._id}`, { sourceRef: two.sourceRef })
    await update(one._id, { sourceRef: 'moved' })
    expect(await get('external%3Bsuite%3Bmoved')).toMatchObject({ _id: one._id })
  })

  test('in bulk there is no such route: `_bulk` reads as an id', async () => {
    expect(await client.want(404, 'PATCH', '/alert/_bulk', { ids: [], severity: 1 })).toEqual({
      type: 'NotFoundError',
      message: 'Alert not found',
    })
  })
})

test('the status follows from read and case', async () => {
  const { _id } = await createOlderAlert(client)
  expect(await client.post(`/alert/${_id}/markAsRead`)).toMatchObject({ status: 'Ignored', artifacts: [] })
  expect(await client.post(`/alert/${_id}/markAsUnread`)).toMatchObject({ status: 'New' })
  await client.want(201, 'POST', `/alert/${_id}/createCase`)
  expect(await get(_id)).toMatchObject({ status: 'Imported' })
  expect(await client.post(`/alert/${_id}/markAsUnread`)).toMatchObject({ status: 'Updated' })
  expect(await update(_id, { read: true })).toMatchObject({ status: 'Imported' })
  expect(await client.post(`/alert/${_id}/unfollow`)).toMatchObject({ follow: false })
})

describe('deleting', () => {
  test('is real, with or without force', async () => {
    const { _id } = await createOlderAlert(client)
    await client.want(204, 'DELETE', `/alert/${_id}?force=0`)
    expect(await client.want(404, 'GET', `/alert/${_id}`)).toEqual({
      type: 'NotFoundError',
      message: 'Alert not found',
    })
    expect(hive.effects()).toMatchObject({ [`delete alert ${_id}`]: 1 })
  })

  test('in bulk is all or nothing', async () => {
    const { _id } = await createOlderAlert(client)
    await client.want(404, 'POST', '/alert/delete/_bulk', { ids: [_id, '~1'] })
    await get(_id)
    await client.want(204, 'POST', '/alert/delete/_bulk', { ids: [_id] })
    await client.want(404, 'GET', `/alert/${_id}`)
  })
})

describe('promoting', () => {
  test('takes the alert’s values and the template’s gaps, and starts now', async () => {
    const { _id } = await createOlderAlert(client, {
      ...{ date: 1, severity: 3, tlp: 3, pap: 1, tags: ['own'], caseTemplate: 'phishing' },
      ...{ customFields: { 'risk-score': 7 }, artifacts: [ip('192.0.2.1', { tags: ['t'] })] },
    })
    const promoted = await client.want(201, 'POST', `/alert/${_id}/createCase`, {})
    expect(promoted).toMatchObject({
      ...{ _type: 'case', title: '[PHISH]An alert', severity: 3, tlp: 3, pap: 1, status: 'Open', owner: me },
      ...{ tags: ['own', 'phishing', 'playbook:phishing'], flag: false, stats: {} },
      customFields: { 'risk-score': { integer: 7, order: 0 } },
      permissions: expect.arrayContaining(['manageCase']),
    })
    expect(promoted.startDate).toBeGreaterThan(1)
    expect(await observablesOf(promoted._id)).toMatchObject([{ data: '192.0.2.1', tags: ['t'] }])
    expect(await client.want(201, 'POST', `/alert/${_id}/createCase`)).toMatchObject({ _id: promoted._id })
    expect(hive.effects()).toMatchObject({ [`promote alert ${_id}`]: 1 })
  })

  test('with an unknown template is not allowed', async () => {
    const { _id } = await createOlderAlert(client)
    const body = { caseTemplate: 'unheard' }
    expect(await client.want(403, 'POST', `/alert/${_id}/createCase`, body)).toEqual({
      type: 'AuthorizationError',
      message: 'Unauthorized action',
    })
  })
})

describe('merging', () => {
  test('appends, unites, overwrites and adds', async () => {
    const target = await createOlderCase(client, {
      tags: ['c'],
      customFields: { 'risk-score': 1, contained: false },
    })
    const alert = olderAlert({ tags: ['a'], customFields: { 'risk-score': 9 }, artifacts: [ip('192.0.2.8')] })
    const { _id } = await client.want(201, 'POST', '/alert', alert)
    const merged = await client.want(200, 'POST', `/alert/${_id}/merge/${target.caseId}`)
    expect(merged).toMatchObject({
      ...{ _id: target._id, tags: ['c', 'a'], status: 'Open' },
      description: `Something\n  \n#### Merged with alert #${alert.sourceRef} An alert\n\nSomething`,
      customFields: { 'risk-score': { integer: 9 }, contained: { boolean: false } },
    })
    expect(await get(_id)).toMatchObject({ case: target._id, status: 'Imported' })
    expect(await client.want(400, 'POST', `/alert/${_id}/merge/${target._id}`)).toEqual({
      type: 'BadRequest',
      message: 'Alert is already imported',
    })
    expect(hive.effects()).toMatchObject({ [`merge alert ${_id} -> case ${target._id}`]: 1 })
  })

  test('in bulk takes all or none', async () => {
    const target = await createOlderCase(client)
    const [one, two] = [await createOlderAlert(client), await createOlderAlert(client)]
    await client.want(201, 'POST', `/alert/${two._id}/createCase`)
    const both = { caseId: target._id, alertIds: [one._id, two._id] }
    await client.want(400, 'POST', '/alert/merge/_bulk', both)
    expect(await get(one._id)).toMatchObject({ case: null })
    const merged = await client.post('/alert/merge/_bulk', { caseId: target._id, alertIds: [one._id] })
    expect(merged).toMatchObject({ _id: target._id })
    expect(merged.description).toMatch(/#### Merged with alert #ref-\d+ An alert\n\nSomething$/)
  })
})

test('similar cases count IOCs among the observables, and skip what is not to be matched', async () => {
  const like = await createOlderCase(client)
  const values = ['198.51.100.1', '198.51.100.2', '198.51.100.3']
  await client.want(201, 'POST', `/case/${like._id}/artifact`, ip(values[0] ?? '', { ioc: true }))
  await client.want(201, 'POST', `/case/${like._id}/artifact`, ip(values[1] ?? ''))
  await client.want(
    201,
    'POST',
    `/case/${like._id}/artifact`,
    ip(values[2] ?? '', { ignoreSimilarity: true }),
  )
  const { _id } = await createOlderAlert(client, { artifacts: values.map((data) => ip(data)) })
  const shown = await client.get(`/alert/${_id}?similarity=true`)
  expect(shown.similarCases).toMatchObject([
    {
      _id: like._id,
      caseId: like.caseId,
      similarArtifactCount: 2,
      similarIocCount: 1,
      iocCount: 1,
      artifactCount: 3,
    },
  ])
  expect((shown.artifacts as Json[]).map(({ seen }) => seen)).toEqual([true, true, false])
  expect(await get(_id)).toMatchObject({ similarCases: [] })
})

describe('cases', () => {
  test('are made with one blank behind the prefix, found by number, and updated with what is known', async () => {
    const made = await createOlderCase(client, { template: 'malware', tasks: [{ title: 'Extra' }] })
    expect(made).toMatchObject({ title: '[MAL] A case', owner: me, status: 'Open', severity: 3 })
    expect(await client.get(`/case/${made.caseId}`)).toMatchObject({ _id: made._id })
    expect((await client.get(`/case/${made._id}?nstats=1`)).stats).toMatchObject({ tasks: { total: 6 } })
    const change = {
      title: 'T',
      owner: 'ben@acme.example',
      summary: 's',
      'customFields.contained': true,
      unheard: 1,
    }
    expect(await client.want(200, 'PATCH', `/case/${made._id}`, change)).toMatchObject({
      ...{ title: 'T', owner: 'ben@acme.example', summary: 's' },
      customFields: { contained: { boolean: true, order: 0 } },
    })
  })

  test('close with an end and their tasks; reopening leaves the end', async () => {
    const { _id } = await createOlderCase(client, { template: 'phishing' })
    const closing = { status: 'Resolved', resolutionStatus: 'FalsePositive', impactStatus: 'NotApplicable' }
    const closed = await client.want(200, 'PATCH', `/case/${_id}`, closing)
    expect(closed).toMatchObject({ ...closing, endDate: expect.any(Number) })
    expect(await client.search('case/task', { status: 'Cancel' })).toHaveLength(5)
    expect(await client.want(200, 'PATCH', `/case/${_id}`, { status: 'Open' })).toMatchObject({
      ...{ status: 'Open', endDate: closed.endDate },
    })
    await client.want(400, 'PATCH', `/case/${_id}`, { status: 'Closed' })
  })

  test('change in bulk, all or none', async () => {
    const [one, two] = [await createOlderCase(client), await createOlderCase(client)]
    await client.want(404, 'PATCH', '/case/_bulk', { ids: [one._id, '~1'], flag: true })
    expect(
      await client.want(200, 'PATCH', '/case/_bulk', { ids: [one._id, two._id], flag: true }),
    ).toMatchObject([
      { _id: one._id, flag: true },
      { _id: two._id, flag: true },
    ])
  })

  test('are gone when deleted, and their alerts are without a case but not stamped', async () => {
    const { _id } = await createOlderAlert(client)
    const target = await client.want(201, 'POST', `/alert/${_id}/createCase`)
    const before = await get(_id)
    await client.want(204, 'DELETE', `/case/${target._id}`)
    expect(await client.want(404, 'GET', `/case/${target._id}`)).toMatchObject({ message: 'Case not found' })
    expect(await get(_id)).toEqual({ ...before, case: null, status: 'Ignored' })
  })
})

test('the same routes stand below /api/v0', async () => {
  const { _id } = await createOlderAlert(client)
  expect(await client.get(`/v0/alert/${_id}`)).toMatchObject({ _id, _type: 'alert' })
  expect(await client.post('/v0/alert/_search', { query: { _id } })).toMatchObject([{ _id }])
})
