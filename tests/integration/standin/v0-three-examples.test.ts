import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useStandIn, type Json } from './client.ts'
import { briefStandIn, createOlderClient, createOlderCase, encoded } from './v0-client.ts'

/** The page on alerts of TheHive 3's documentation, example by example. */

const hive = await useStandIn({ flavour: 'thehive3' })
const client = createOlderClient(hive.url)
const me = 'ana@acme.example'

const newAlert = {
  title: 'New Alert',
  description: 'N/A',
  type: 'external',
  source: 'instance1',
  sourceRef: 'alert-ref',
}

/** What the page shows for it; `user` is of versions before 3. */
const newAlertShown = {
  ...newAlert,
  _id: 'e34a7adc35780454372f0567f951694e',
  id: 'e34a7adc35780454372f0567f951694e',
  _type: 'alert',
  artifacts: [],
  createdAt: expect.any(Number),
  createdBy: me,
  date: expect.any(Number),
  follow: true,
  lastSyncDate: expect.any(Number),
  severity: 2,
  status: 'New',
  tlp: 2,
}

const svg = '<?xml version="1.0" encoding="utf-8"?>\r\n<svg viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>\n'

/** One that exists, whoever made it first. */
async function existing(body: Json): Promise<string> {
  const answer = await client.send('POST', '/alert', body)
  expect([201, 400]).toContain(answer.status)
  const { type, source, sourceRef } = body
  return createHash('md5').update([type, source, sourceRef].join('|')).digest('hex')
}

describe('create an alert', () => {
  test('creation of a simple alert', async () => {
    expect(await client.want(201, 'POST', '/alert', newAlert)).toMatchObject(newAlertShown)
    expect(hive.effects()).toEqual({ 'create alert external;instance1;alert-ref': 1 })
  })

  test('the same type, source and reference again are refused', async () => {
    const id = await existing(newAlert)
    expect(await client.want(400, 'POST', '/alert', newAlert)).toEqual({
      type: 'ConflictError',
      message: `[${id}]: version conflict, document already exists (current version [1])`,
      object: {},
    })
  })

  test('creation of another alert, with artifacts and a file', async () => {
    const made = await client.want(201, 'POST', '/alert', {
      ...{ title: 'Other alert', description: 'alert description', type: 'external', source: 'instance1' },
      ...{ sourceRef: 'other-ref', severity: 3, tlp: 3, caseTemplate: 'external-alert' },
      artifacts: [
        { dataType: 'ip', data: '127.0.0.1', message: 'localhost' },
        { dataType: 'domain', data: 'hive.example', tags: ['home', 'TheHive'] },
        { dataType: 'file', data: encoded('logo.svg', 'image/svg+xml', svg), message: 'logo' },
      ],
    })
    const hashes = ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(svg).digest('hex'))
    expect(made).toMatchObject({ title: 'Other alert', severity: 3, tlp: 3, caseTemplate: 'external-alert' })
    expect(made.artifacts).toEqual([
      { dataType: 'ip', data: '127.0.0.1', message: 'localhost' },
      { dataType: 'domain', data: 'hive.example', tags: ['home', 'TheHive'] },
      {
        dataType: 'file',
        message: 'logo',
        attachment: {
          name: 'logo.svg',
          hashes,
          size: svg.length,
          contentType: 'image/svg+xml',
          id: hashes[0],
        },
      },
    ])
    const content = await client.send('GET', `/datastore/${hashes[0]}?name=logo.svg`)
    expect(content).toMatchObject({ status: 200, body: svg })
  })
})

describe('get an alert', () => {
  test('without similarity data', async () => {
    const id = await existing(newAlert)
    const shown = await client.get(`/alert/${id}`)
    expect(shown).toMatchObject(newAlertShown)
    expect(shown).not.toHaveProperty('similarCases')
  })

  test('with similarity data: IOCs and other observables are counted apart', async () => {
    const like = await createOlderCase(client, { title: 'TEST', severity: 1, tags: ['src:feed'] })
    for (const [data, ioc] of [
      ['192.0.2.1', true],
      ['192.0.2.2', false],
      ['192.0.2.3', false],
      ['192.0.2.4', false],
      ['192.0.2.5', false],
    ]) {
      await client.want(201, 'POST', `/case/${like._id}/artifact`, {
        dataType: 'ip',
        data,
        ioc,
        message: 'seen',
      })
    }
    const artifacts = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '198.51.100.9'].map((data) => ({
      ...{ dataType: 'ip', data, tags: [] },
    }))
    const id = await existing({ ...newAlert, sourceRef: 'similar', artifacts })
    for (const wanted of ['1', 'true']) {
      const shown = await client.get(`/alert/${id}?similarity=${wanted}`)
      expect(shown.similarCases).toEqual([
        {
          ...{ _id: like._id, id: like._id, caseId: like.caseId, title: 'TEST', severity: 1, tlp: 2 },
          ...{ startDate: like.startDate, endDate: null, resolutionStatus: null, status: 'Open' },
          ...{
            tags: ['src:feed'],
            artifactCount: 5,
            iocCount: 1,
            similarArtifactCount: 2,
            similarIocCount: 1,
          },
        },
      ])
      expect((shown.artifacts as Json[]).map(({ seen }) => seen)).toEqual([true, true, true, false])
    }
  })
})

describe('the other methods of the page', () => {
  test('list and find alerts', async () => {
    const id = await existing(newAlert)
    const listed = (await client.get('/alert?range=all')) as unknown as Json[]
    expect(listed.map(({ _id }) => _id)).toContain(id)
    expect(await client.search('alert', { sourceRef: 'alert-ref' })).toMatchObject([newAlertShown])
  })

  test('update alerts in bulk', async () => {
    const ids = [
      await existing({ ...newAlert, sourceRef: 'b1' }),
      await existing({ ...newAlert, sourceRef: 'b2' }),
    ]
    const updated = await client.want(200, 'PATCH', '/alert/_bulk', { ids, severity: 1 })
    expect(updated).toMatchObject(ids.map((_id) => ({ _id, severity: 1 })))
  })

  test('compute stats on alerts', async () => {
    await existing(newAlert)
    expect(
      await client.post('/alert/_stats', { query: { sourceRef: 'alert-ref' }, stats: [{ _agg: 'count' }] }),
    ).toEqual({ count: 1 })
  })

  test('update an alert', async () => {
    const id = await existing({ ...newAlert, sourceRef: 'updated' })
    const updated = await client.want(200, 'PATCH', `/alert/${id}`, { title: 'Another title' })
    expect(updated).toMatchObject({ title: 'Another title', updatedBy: me, updatedAt: expect.any(Number) })
  })

  test('mark an alert as read and as unread', async () => {
    const id = await existing({ ...newAlert, sourceRef: 'read' })
    expect(await client.post(`/alert/${id}/markAsRead`)).toMatchObject({ id, status: 'Ignored' })
    expect(await client.post(`/alert/${id}/markAsUnread`)).toMatchObject({ id, status: 'New' })
    expect(hive.effects()).toMatchObject({ [`read ${id}`]: 1, [`unread ${id}`]: 1 })
  })

  test('follow and unfollow an alert', async () => {
    const id = await existing({ ...newAlert, sourceRef: 'follow' })
    expect(await client.post(`/alert/${id}/unfollow`)).toMatchObject({ id, follow: false, status: 'New' })
    expect(await client.post(`/alert/${id}/follow`)).toMatchObject({ id, follow: true, status: 'New' })
  })

  test('create a case from an alert', async () => {
    const id = await existing({ ...newAlert, sourceRef: 'promoted', date: 1_495_012_062_016 })
    const promoted = await client.want(201, 'POST', `/alert/${id}/createCase`, {})
    expect(promoted).toMatchObject({
      ...{ _type: 'case', title: 'New Alert', description: 'N/A', status: 'Open', owner: me, severity: 2 },
      ...{ startDate: 1_495_012_062_016, flag: false, tlp: 2, pap: 2, caseId: expect.any(Number) },
    })
    expect(await client.get(`/alert/${id}`)).toMatchObject({ case: promoted.id, status: 'Imported' })
  })

  test('delete an alert', async () => {
    const id = await existing({ ...newAlert, sourceRef: 'deleted' })
    await client.want(204, 'DELETE', `/alert/${id}?force=1`)
    expect(await client.want(404, 'GET', `/alert/${id}`)).toEqual({
      type: 'NotFoundError',
      message: `alert ${id} not found`,
    })
  })
})

test('merge an alert: the case gets its observables, and its description at the end of its own', async () => {
  const target = await createOlderCase(client, {
    title: 'My first case',
    description: 'This case has been created by my custom script',
    severity: 3,
  })
  const id = await existing({
    ...{
      ...newAlert,
      sourceRef: '10',
      title: 'my alert title',
      description: ' This is my alert description\n',
    },
    artifacts: [{ dataType: 'ip', data: '192.0.2.77', message: 'from the alert' }],
  })
  expect(await client.want(201, 'POST', `/alert/${id}/merge/${target._id}`)).toMatchObject({
    ...{ id: target.id, _id: target._id, _type: 'case', caseId: target.caseId, title: 'My first case' },
    ...{ severity: 3, createdBy: me, owner: me, status: 'Open', tlp: 2, flag: false },
    startDate: target.startDate,
    description:
      'This case has been created by my custom script\n  \n#### Merged with alert #10 my alert title\n\nThis is my alert description',
  })
  const query = { _parent: { _type: 'case', _query: { _id: target._id } } }
  expect(await client.search('case/artifact', query)).toMatchObject([
    { dataType: 'ip', data: '192.0.2.77', message: 'from the alert', tags: ['src:external'], status: 'Ok' },
  ])
  expect(hive.effects()).toMatchObject({ [`merge alert ${id} -> case ${target._id}`]: 1 })
})

test('a server of the page’s days repeats the creator, and makes its id without the type', async () => {
  const older = await briefStandIn({ flavour: 'thehive3', version: '2.13.2' })
  const made = await createOlderClient(older.url).want(201, 'POST', '/alert', {
    ...newAlert,
    sourceRef: 'alert-ref',
  })
  expect(made).toMatchObject({ _id: 'bff2820eca1146e88ffb71b74634ae15', user: me })
})
