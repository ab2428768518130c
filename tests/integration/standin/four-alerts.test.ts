import { describe, expect, test } from 'vitest'
import { createCase, createClient, formOf, newAlert, useStandIn, type Json } from './client.ts'

/** TheHive 4's `/api/v1`. */

const hive = await useStandIn({ flavour: 'thehive4' })
const ana = createClient(hive.url)

const create = (rest: Json = {}): Promise<Json> => ana.want(201, 'POST', '/api/v1/alert', newAlert(rest))
const get = (alert: Json): Promise<Json> => ana.get(`/api/v1/alert/${String(alert._id)}`)

describe('alerts', () => {
  test('have a read flag and a case, but no status, stage, assignee or names of numbers', async () => {
    const alert = await create({ severity: 0, tlp: 3, externalLink: 'https://console.example/1' })
    expect(alert).toMatchObject({
      ...{ _type: 'Alert', severity: 0, tlp: 3, pap: 2, read: false, follow: true, observableCount: 0 },
      ...{ externalLink: 'https://console.example/1', customFields: [], extraData: {} },
    })
    for (const key of ['status', 'stage', 'assignee', 'summary', 'severityLabel', 'newDate'])
      expect(alert).not.toHaveProperty(key)
  })

  test('take custom fields as customFieldValue, and ignore observables without a word', async () => {
    const observables = [{ dataType: 'ip', data: '192.0.2.1' }]
    const alert = await create({
      customFieldValue: [{ name: 'risk-score', value: 7, order: 2 }],
      customFields: { contained: true },
      ...{ observables, artifacts: observables },
    })
    expect(alert).toMatchObject({ observableCount: 0 })
    expect(alert.customFields).toEqual([
      expect.objectContaining({
        name: 'risk-score',
        type: 'integer',
        value: 7,
        order: 2,
        description: expect.any(String),
      }),
    ])
    expect(await create({ customFieldValue: { contained: true } })).toMatchObject({
      customFields: [{ name: 'contained', value: true }],
    })
    await ana.want(404, 'POST', '/api/v1/alert', newAlert({ customFieldValue: { unheard: 1 } }))
  })

  test('a twin is a 400, and a missing field a list of errors', async () => {
    const draft = newAlert()
    await ana.want(201, 'POST', '/api/v1/alert', draft)
    expect(await ana.want(400, 'POST', '/api/v1/alert', draft)).toMatchObject({
      type: 'CreateError',
      message: `Alert test:suite:${String(draft.sourceRef)} already exist in organisation acme`,
    })
    expect(await ana.want(400, 'POST', '/api/v1/alert', { ...draft, title: undefined })).toMatchObject({
      type: 'AttributeCheckingError',
      errors: [{ name: 'title', type: 'MissingAttributeError' }],
    })
  })

  test('who may not create finds no organisation', async () => {
    const rolf = createClient(hive.url, 'rolf-key')
    expect(await rolf.want(404, 'POST', '/api/v1/alert', newAlert())).toMatchObject({
      message: 'Organisation not found',
    })
  })

  test('an update answers 204, ignores what it does not know, and stamps only when something is known', async () => {
    const alert = await create({ customFieldValue: { 'risk-score': 1, contained: true } })
    const path = `/api/v1/alert/${alert._id}`
    await ana.want(204, 'PATCH', path, {
      status: 'Ignored',
      externalLink: 'x',
      assignee: 'ben@acme.example',
      nope: 1,
    })
    expect(await get(alert)).toEqual(alert)
    await ana.want(204, 'PATCH', path, { title: 'New', read: true, 'customFields.risk-score': 5 })
    const changed = await get(alert)
    expect(changed).toMatchObject({ title: 'New', read: true, _updatedBy: 'ana@acme.example' })
    expect((changed.customFields as Json[]).map(({ name, value }) => [name, value])).toEqual([
      ['risk-score', 5],
      ['contained', true],
    ])
    await ana.want(204, 'PATCH', path, { customFields: { confidence: 0.5 } })
    expect((await get(alert)).customFields).toMatchObject([{ name: 'confidence' }])
  })

  test.each([
    ['read', { read: true }],
    ['unread', { read: false }],
    ['unfollow', { follow: false }],
    ['follow', { follow: true }],
  ])('%s answers 204 and shows', async (verb, shown) => {
    const alert = await create()
    await ana.want(204, 'POST', `/api/v1/alert/${alert._id}/${verb}`)
    expect(await get(alert)).toMatchObject(shown)
  })

  test('a promotion opens a case, marks the alert read, and answers the same case again', async () => {
    const alert = await create({ title: 'Message', caseTemplate: 'phishing', tags: ['mine'] })
    const opened = await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/case`)
    expect(opened).toMatchObject({
      _type: 'Case',
      title: '[PHISH]Message',
      status: 'Open',
      assignee: 'ana@acme.example',
    })
    expect(opened.tags).toEqual(['mine', 'phishing', 'playbook:phishing'])
    expect(await get(alert)).toMatchObject({ caseId: opened._id, read: true })
    expect(await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/case`, {})).toMatchObject({
      _id: opened._id,
    })
    await ana.want(403, 'POST', `/api/v1/alert/${(await create())._id}/case`, { caseTemplate: 'nope' })
  })

  test.each([
    ['deleting', 'DELETE', '/api/v1/alert/ID'],
    ['merging', 'POST', '/api/v1/alert/ID/merge/~1'],
    ['updating in bulk', 'PATCH', '/api/v1/alert/_bulk'],
    ['deleting in bulk', 'POST', '/api/v1/alert/delete/_bulk'],
    ['commenting', 'POST', '/api/v1/alert/ID/comment'],
    ['observables by their newer name', 'POST', '/api/v1/alert/ID/observable'],
    ['the public status', 'GET', '/api/v1/status/public'],
  ])('%s is not there', async (_, method, path) => {
    const alert = await create()
    const place = path.replace('ID', String(alert._id))
    await ana.want(404, method, place, method === 'GET' ? undefined : { ids: [], dataType: 'ip', data: 'x' })
    await get(alert)
  })

  test('the status needs no credentials and names the framework', async () => {
    expect(await createClient(hive.url, null).get('/api/v1/status')).toMatchObject({
      versions: { TheHive: '4.1.24', Scalligraph: expect.any(String) },
      cluster: {},
    })
    expect(await ana.get('/api/v1/user/current')).not.toHaveProperty('defaultOrganisation')
  })
})

describe('artifacts', () => {
  test('are added to an alert, without touching its stamp, and to a case', async () => {
    const alert = await create()
    const path = `/api/v1/alert/${alert._id}/artifact`
    const data = ['192.0.2.1', '192.0.2.1', ' ', '192.0.2.2']
    expect(await ana.want(207, 'POST', path, { dataType: 'ip', data, pap: 0 })).toMatchObject({
      success: [{ data: '192.0.2.1' }, { data: '192.0.2.2' }],
      failure: [{ type: 'CreateError', object: { data: '192.0.2.1' } }],
    })
    const shown = await get(alert)
    expect(shown).toMatchObject({ observableCount: 2 })
    expect(shown).not.toHaveProperty('_updatedAt')
    const [file] = (await ana.want(
      201,
      'POST',
      path,
      formOf({ dataType: 'file' }, [['attachment', 'x', 'x.txt']]),
    )) as unknown as Json[]
    expect(file).toMatchObject({ attachment: { name: 'x.txt', size: 1 } })
    expect(file).not.toHaveProperty('pap')
    const opened = await createCase(ana)
    await ana.want(201, 'POST', `/api/v1/case/${opened._id}/observable`, {
      dataType: 'ip',
      data: '192.0.2.1',
    })
  })

  test('an alert that is not there reads as a missing right', async () => {
    await ana.want(403, 'POST', '/api/v1/alert/~1/artifact', { dataType: 'ip', data: '192.0.2.1' })
  })

  test('are read, changed alone or in bulk, and deleted', async () => {
    const alert = await create()
    const added = (await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/artifact`, {
      dataType: 'ip',
      data: ['192.0.2.1', '192.0.2.2'],
    })) as unknown as Json[]
    const ids = added.map(({ _id }) => _id)
    await ana.want(204, 'PATCH', `/api/v1/observable/${ids[0]}`, { message: 'Seen', data: 'ignored' })
    await ana.want(204, 'PATCH', '/api/v1/observable/_bulk', { ids, ioc: true })
    expect(await ana.get(`/api/v1/observable/${ids[0]}`)).toMatchObject({
      data: '192.0.2.1',
      message: 'Seen',
      ioc: true,
    })
    await ana.want(204, 'DELETE', `/api/v1/observable/${ids[1]}`)
    expect(
      await ana.query({ _name: 'getAlert', idOrName: alert._id }, { _name: 'observables' }),
    ).toHaveLength(1)
  })
})

describe('cases', () => {
  test('are made with user and customFieldValues, closed, and deleted with their links', async () => {
    const body = { user: 'ben@acme.example', customFieldValues: { 'risk-score': 3 }, caseTemplate: 'malware' }
    const opened = await createCase(ana, body)
    expect(opened).toMatchObject({
      ...{ title: '[MAL] A case', assignee: 'ben@acme.example', status: 'Open', severity: 3 },
      customFields: [{ name: 'risk-score', value: 3 }],
    })
    const alert = await create()
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/case`)
    const closing = {
      status: 'Resolved',
      resolutionStatus: 'TruePositive',
      impactStatus: 'NoImpact',
      summary: 'x',
    }
    await ana.want(204, 'PATCH', `/api/v1/case/${promoted._id}`, closing)
    expect(await ana.get(`/api/v1/case/${promoted.number}`)).toMatchObject({
      ...closing,
      endDate: expect.any(Number),
    })
    await ana.want(204, 'DELETE', `/api/v1/case/${promoted._id}`)
    expect(await get(alert)).not.toHaveProperty('caseId')
  })

  test('are merged into one that is open', async () => {
    const [one, two] = [await createCase(ana, { title: 'a' }), await createCase(ana, { title: 'b' })]
    const merged = await ana.want(201, 'POST', `/api/v1/case/_merge/${one._id},${two._id}`)
    expect(merged).toMatchObject({ title: 'a / b', status: 'Open', assignee: 'ana@acme.example' })
    await ana.want(404, 'GET', `/api/v1/case/${one._id}`)
  })

  test('have procedures, which name their case and always a tactic', async () => {
    const { _id: caseId } = await createCase(ana)
    const body = { caseId, patternId: 'T1566', occurDate: 5 }
    await ana.want(400, 'POST', '/api/v1/procedure', body)
    const made = await ana.want(201, 'POST', '/api/v1/procedure', { ...body, tactic: 'initial-access' })
    await ana.want(204, 'PATCH', `/api/v1/procedure/${made._id}`, { description: 'By mail' })
    expect(await ana.get(`/api/v1/procedure/${made._id}`)).toMatchObject({
      description: 'By mail',
      patternId: 'T1566',
    })
    await ana.want(204, 'DELETE', `/api/v1/procedure/${made._id}`)
    await ana.want(404, 'GET', `/api/v1/procedure/${made._id}`)
  })

  test('templates and custom fields are listed', async () => {
    expect(await ana.get('/api/v1/caseTemplate')).toHaveLength(5)
    expect(await ana.get('/api/v1/caseTemplate/phishing')).toMatchObject({ titlePrefix: '[PHISH]' })
    expect(await ana.get('/api/v1/customField')).not.toEqual([])
  })
})

test('an organisation not joined shows nothing and allows nothing', async () => {
  const alert = await create()
  const stranger = createClient(hive.url, 'ana-key', { 'X-Organisation': 'globex' })
  expect(await stranger.query({ _name: 'listAlert' })).toEqual([])
  await stranger.want(404, 'GET', `/api/v1/alert/${alert._id}`)
})
