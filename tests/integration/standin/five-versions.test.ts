import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStandIn, type StandIn } from '#tests/support/thehive/stand-in.ts'
import { createAlert, createCase, createClient, formOf, newAlert, type Client, type Json } from './client.ts'

/** What TheHive 5 can do by version. `before` and `from` are the last version without and the first with it. */

const hives = new Map<string, StandIn>()
const versions = [
  '5.0.0',
  '5.1.9',
  '5.2.0',
  '5.2.5',
  '5.2.9',
  '5.3.1',
  '5.4.0',
  '5.4.5',
  '5.5.5',
  '5.6.2',
  '5.7.1',
  '5.8.0',
]

beforeAll(async () => {
  for (const version of versions) hives.set(version, await startStandIn({ version }))
})

afterAll(() => Promise.all([...hives.values()].map((hive) => hive.stop())))

function client(version: string, key = 'ana-key'): Client {
  const hive = hives.get(version)
  if (!hive) throw new Error(`no server of version ${version}`)
  return createClient(hive.url, key)
}

test.each(versions)('a server says that it is version %s', async (version) => {
  expect(await client(version).get('/api/v1/status/public')).toMatchObject({ version })
})

describe('a route that the version lacks is no route', () => {
  test.each<[string, string, string, string, string]>([
    ['procedures in bulk', 'POST', '/api/v1/alert/ALERT/procedures', '5.0.0', '5.1.9'],
    ['deleting procedures in bulk', 'POST', '/api/v1/procedure/delete/_bulk', '5.2.0', '5.2.5'],
    ['applying a template', 'POST', '/api/v1/case/_bulk/caseTemplate', '5.0.0', '5.1.9'],
    ['attachments of alerts', 'POST', '/api/v1/alert/ALERT/attachments', '5.2.9', '5.3.1'],
    ['observables in common', 'GET', '/api/v1/alert/ALERT/similar/CASE/observables', '5.3.1', '5.4.0'],
    ['import without merging', 'POST', '/api/v1/alert/ALERT/import/CASE', '5.4.5', '5.5.5'],
    ['files of the organisation', 'GET', '/api/v1/attachment/~1', '5.4.5', '5.5.5'],
    ['uploads for later', 'POST', '/api/v1/user/current/attachments', '5.4.5', '5.5.5'],
    ['saved views', 'POST', '/api/v1/views', '5.5.5', '5.6.2'],
  ])('%s', async (_, method, path, before, from) => {
    const answers = []
    for (const version of [before, from]) {
      const ana = client(version)
      const [alert, target] = [await createAlert(ana), await createCase(ana)]
      const place = path.replace('ALERT', String(alert._id)).replace('CASE', String(target._id))
      answers.push({ place, answer: await ana.send(method, place, method === 'GET' ? undefined : {}) })
    }
    const [lacks, has] = answers
    expect(lacks?.answer).toMatchObject({ status: 404, body: { type: 'NotFound', message: lacks?.place } })
    expect(has?.answer.body ?? {}).not.toMatchObject({ type: 'NotFound' })
  })
})

describe('markings', () => {
  test('before 5.2.0 the TLP ends with 3, and numbers stand alone', async () => {
    const ana = client('5.1.9')
    const alert = await createAlert(ana, { tlp: 3 })
    expect(alert).toMatchObject({ tlp: 3 })
    for (const key of ['tlpLabel', 'papLabel', 'severityLabel']) expect(alert).not.toHaveProperty(key)
    await ana.want(400, 'PATCH', `/api/v1/alert/${alert._id}`, { tlp: 4 })
    await ana.want(400, 'POST', '/api/v1/alert', newAlert({ tlp: 4 }))
    const { attributes } = (await ana.get('/api/v1/describe/alert')) as { attributes: Json[] }
    expect(attributes.find(({ name }) => name === 'tlp')).toMatchObject({
      values: [0, 1, 2, 3],
      labels: ['WHITE', 'GREEN', 'AMBER', 'RED'],
    })
  })

  test('from 5.2.0 on 3 is AMBER+STRICT, 4 is RED, and the names stand beside', async () => {
    const ana = client('5.2.0')
    expect(await createAlert(ana, { tlp: 3, pap: 0 })).toMatchObject({
      tlpLabel: 'AMBER+STRICT',
      papLabel: 'CLEAR',
      severityLabel: 'MEDIUM',
    })
    expect(await createAlert(ana, { tlp: 4 })).toMatchObject({ tlpLabel: 'RED' })
  })
})

describe('fields that came later', () => {
  test('5.0.0 calls custom fields customFieldValue and knows no observables in a new alert', async () => {
    const body = {
      customFieldValue: { 'risk-score': 1 },
      observables: [{ dataType: 'ip', data: '192.0.2.1' }],
    }
    expect(await createAlert(client('5.0.0'), body)).toMatchObject({
      customFields: [{ name: 'risk-score', value: 1 }],
      observableCount: 0,
    })
    expect(await createAlert(client('5.1.9'), body)).toMatchObject({ customFields: [], observableCount: 1 })
  })

  test('the clock and adding single tags came with 5.1.0', async () => {
    const old = await createAlert(client('5.0.0'), { tags: ['a'] })
    expect(old).not.toHaveProperty('newDate')
    await client('5.0.0').want(204, 'PATCH', `/api/v1/alert/${old._id}`, { addTags: ['b'] })
    expect(await client('5.0.0').get(`/api/v1/alert/${old._id}`)).toMatchObject({ tags: ['a'] })
    const later = await createAlert(client('5.1.9'), { tags: ['a'] })
    expect(later).toHaveProperty('newDate')
    await client('5.1.9').want(204, 'PATCH', `/api/v1/alert/${later._id}`, { addTags: ['b'] })
    expect(await client('5.1.9').get(`/api/v1/alert/${later._id}`)).toMatchObject({ tags: ['a', 'b'] })
  })

  test('an assignee of an alert is ignored before 5.2.0, and no field to filter by', async () => {
    const assignee = 'ben@acme.example'
    const filter = { _name: 'filter', _eq: { _field: 'assignee', _value: assignee } }
    expect(await createAlert(client('5.1.9'), { assignee })).not.toHaveProperty('assignee')
    await client('5.1.9').want(400, 'POST', '/api/v1/query', { query: [{ _name: 'listAlert' }, filter] })
    const made = await createAlert(client('5.2.0'), { assignee })
    expect(await client('5.2.0').query({ _name: 'listAlert' }, filter)).toEqual([made])
  })

  test('relative dates came with 5.2.0', async () => {
    const _value = { amount: 1, unit: 'days', look: 'behind' }
    const query = [{ _name: 'listAlert' }, { _name: 'filter', _gte: { _field: '_createdAt', _value } }]
    await client('5.1.9').want(400, 'POST', '/api/v1/query', { query })
    await client('5.2.0').want(200, 'POST', '/api/v1/query', { query })
  })

  test('hidden statuses and restricted cases came with 5.5.0, outsiders with 5.6.0', async () => {
    const [status] = await client('5.4.5').query({ _name: 'listAlertStatus' })
    expect(status).not.toHaveProperty('hidden')
    expect(await createCase(client('5.4.5'))).not.toHaveProperty('access')
    const [later] = await client('5.5.5').query({ _name: 'listAlertStatus' })
    expect(later).toMatchObject({ hidden: false })
    expect(await createCase(client('5.5.5'))).toMatchObject({ access: { _kind: 'OrganisationAccessKind' } })
    for (const [version, has] of [
      ['5.5.5', false],
      ['5.6.2', true],
    ] as const) {
      const { _id } = await createAlert(client(version))
      const path = `/api/v1/alert/${_id}/observable`
      const [made] = (await client(version).want(201, 'POST', path, {
        dataType: 'ip',
        data: '192.0.2.1',
      })) as unknown as Json[]
      expect('external' in (made as Json)).toBe(has)
    }
  })

  test('pages of a new case came with 5.2.0', async () => {
    const pages = [{ title: 'Notes', content: 'Nothing yet', category: 'default' }]
    for (const [version, count] of [
      ['5.1.9', 0],
      ['5.2.0', 1],
    ] as const) {
      const { _id } = await createAlert(client(version))
      const made = await client(version).want(201, 'POST', `/api/v1/alert/${_id}/case`, { pages })
      expect(
        await client(version).query({ _name: 'getCase', idOrName: made._id }, { _name: 'pages' }),
      ).toHaveLength(count)
    }
  })
})

describe('rules that changed', () => {
  test('starting an alert gives it to the actor from 5.2.7 on', async () => {
    for (const [version, assignee] of [
      ['5.2.5', undefined],
      ['5.2.9', 'ana@acme.example'],
    ] as const) {
      const { _id } = await createAlert(client(version))
      await client(version).want(204, 'PATCH', `/api/v1/alert/${_id}`, { status: 'InProgress' })
      expect((await client(version).get(`/api/v1/alert/${_id}`)).assignee).toBe(assignee)
    }
  })

  test('reopening needs a permission of its own from 5.2.6 on', async () => {
    for (const [version, status] of [
      ['5.2.5', 204],
      ['5.2.9', 403],
    ] as const) {
      const analyst = hives.get(version)?.state.profiles.find(({ name }) => name === 'analyst')
      if (analyst) analyst.permissions = analyst.permissions.filter((name) => name !== 'manageAlert/reopen')
      const { _id } = await createAlert(client(version), { status: 'Ignored' })
      await client(version).want(status, 'PATCH', `/api/v1/alert/${_id}`, { status: 'New' })
    }
  })

  test('a tactic may be left out from 5.2.6 on where the technique has one', async () => {
    for (const [version, status] of [
      ['5.2.5', 400],
      ['5.2.9', 201],
    ] as const) {
      const { _id } = await createAlert(client(version))
      const body = { patternId: 'T1566', occurDate: 1 }
      await client(version).want(status, 'POST', `/api/v1/alert/${_id}/procedure`, body)
    }
  })

  test('a merge repeats a description that the case shows until 5.2.10', async () => {
    for (const [version, times] of [
      ['5.2.9', 2],
      ['5.3.1', 1],
    ] as const) {
      const ana = client(version)
      const target = await createCase(ana, { description: 'The very same words' })
      const { _id } = await createAlert(ana, { description: 'The very same words' })
      const { description } = await ana.want(200, 'POST', `/api/v1/alert/${_id}/merge/${target._id}`)
      expect(String(description).split('The very same words')).toHaveLength(times + 1)
    }
  })

  test('5.4.0 reads truth values in lower case only', async () => {
    for (const [version, status] of [
      ['5.3.1', 200],
      ['5.4.0', 400],
      ['5.4.5', 200],
    ] as const) {
      const ana = client(version)
      const { _id } = await createAlert(ana)
      const added = await ana.want(
        201,
        'POST',
        `/api/v1/alert/${_id}/observable`,
        formOf({ dataType: 'file' }, [['attachment', 'x', 'x.txt']]),
      )
      const [{ _id: id, attachment }] = added as unknown as [{ _id: string; attachment: Json }]
      const path = `/api/v1/observable/${id}/attachment/${String(attachment._id)}/download?asZip=True`
      expect(await ana.send('GET', path)).toMatchObject({ status })
    }
  })

  test('one merge takes any number of alerts before 5.5.6, and fifty from then on', async () => {
    for (const [version, status] of [
      ['5.5.5', 200],
      ['5.6.2', 400],
    ] as const) {
      const ana = client(version)
      const { _id: caseId } = await createCase(ana)
      const alertIds = []
      for (let at = 0; at < 51; at++) alertIds.push((await createAlert(ana))._id)
      await ana.want(status, 'POST', '/api/v1/alert/merge/_bulk', { caseId, alertIds })
    }
  })

  test.each<[string, unknown[]]>([
    ['5.6.2', [2]],
    ['5.7.1', [1, 2]],
    ['5.8.0', [1, 2]],
  ])('%s: custom fields given by name', async (version, expected) => {
    const ana = client(version)
    const { _id } = await createAlert(ana, { customFields: { 'risk-score': 1, contained: true } })
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { customFields: { 'risk-score': 2 } })
    const { customFields } = (await ana.get(`/api/v1/alert/${_id}`)) as { customFields: Json[] }
    expect(customFields.filter(({ name }) => name === 'risk-score').map(({ value }) => value)).toEqual(
      expected,
    )
    expect(customFields.filter(({ name }) => name === 'contained')).toHaveLength(1)
  })

  test.each([
    ['5.0.0', 400],
    ['5.1.9', 204],
    ['5.6.2', 204],
    ['5.7.1', 400],
  ])('%s: several values under one name answer %i', async (version, status) => {
    const ana = client(version)
    const { _id } = await createAlert(ana)
    await ana.want(status, 'PATCH', `/api/v1/alert/${_id}`, { customFields: { 'risk-score': [1, 2] } })
    const { customFields } = (await ana.get(`/api/v1/alert/${_id}`)) as { customFields: Json[] }
    expect(customFields.map(({ value }) => value)).toEqual(status === 204 ? [1, 2] : [])
  })

  test('listed tags keep the template’s away from 5.7.1 on', async () => {
    for (const [version, tags] of [
      ['5.6.2', ['mine', 'malware', 'playbook:endpoint']],
      ['5.7.1', ['mine']],
    ] as const) {
      const { _id } = await createAlert(client(version), { caseTemplate: 'malware' })
      const made = await client(version).want(201, 'POST', `/api/v1/alert/${_id}/case`, { tags: ['mine'] })
      expect(made.tags).toEqual(tags)
    }
  })
})

test('a deactivated tag can still be added before 5.8.0, and from then on only stay where it is', async () => {
  for (const version of ['5.7.1', '5.8.0']) {
    const ana = client(version)
    const { state } = hives.get(version) as StandIn
    const { _id } = await createAlert(ana, { tags: ['pap:old'] })
    state.inactiveTags.add('pap:old').add('pap:older')
    const patch = (json: Json) => ana.send('PATCH', `/api/v1/alert/${String(_id)}`, json)
    expect((await patch({ tags: ['pap:old', 'new'] })).status).toBe(204)
    const added = await patch({ addTags: ['pap:older'] })
    expect(added).toMatchObject(
      version === '5.8.0' ? { status: 400, body: { type: 'BadRequest' } } : { status: 204 },
    )
  }
})
