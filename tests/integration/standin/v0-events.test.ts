import { describe, expect, test } from 'vitest'
import { readZip } from '#tests/support/thehive/zip/read-zip.ts'
import { useStandIn, type Json } from './client.ts'
import { briefStandIn, createOlderAlert, createOlderClient, encoded, olderAlert } from './v0-client.ts'

const hives = {
  thehive3: await useStandIn({ flavour: 'thehive3' }),
  thehive4: await useStandIn({ flavour: 'thehive4' }),
}

describe.each(['thehive3', 'thehive4'] as const)('in %s', (flavour) => {
  const hive = hives[flavour]
  const client = createOlderClient(hive.url)

  test('a stream tells what happened since it was opened, a request at a time', async () => {
    await createOlderAlert(client, { title: 'before' })
    const id = String(await client.want(200, 'POST', '/stream'))
    expect(id).toMatch(/^[A-Za-z0-9]{20}$/)
    const reading = client.get(`/stream/${id}`)
    const alert = await createOlderAlert(client)
    expect(await reading).toMatchObject([
      {
        base: {
          ...{ objectType: 'alert', objectId: alert._id, rootId: alert._id, operation: 'Creation' },
          ...{ createdBy: 'ana@acme.example', startDate: expect.any(Number), requestId: expect.any(String) },
          ...{ details: expect.any(Object), object: { _id: alert._id, title: 'An alert' } },
        },
        summary: { alert: { Creation: 1 } },
      },
    ])
    const again = client.get(`/stream/${id}`)
    await client.post(`/alert/${alert._id}/markAsRead`)
    expect(await again).toMatchObject([{ base: { operation: 'Update' }, summary: { alert: { Update: 1 } } }])
  })

  test('a stream nobody opened is not found', async () => {
    const type = flavour === 'thehive3' ? 'StreamNotFound' : 'NotFoundError'
    expect(await client.want(404, 'GET', `/stream/${'a'.repeat(20)}`)).toMatchObject({ type })
    expect(await client.get('/stream/status')).toMatchObject({
      remaining: expect.any(Number),
      warning: false,
    })
  })

  test('the flow shows the latest, of all or of one', async () => {
    const [one, two] = [await createOlderAlert(client), await createOlderAlert(client)]
    await client.post(`/alert/${one._id}/markAsRead`)
    const all = (await client.get('/flow?count=10')) as unknown as { base: Json }[]
    expect(all.slice(0, 3).map(({ base }) => [base.objectId, base.operation])).toEqual([
      [one._id, 'Update'],
      [two._id, 'Creation'],
      [one._id, 'Creation'],
    ])
    expect(await client.get(`/flow?rootId=${String(two._id)}`)).toHaveLength(1)
  })

  test('a deletion leaves its mark', async () => {
    const { _id } = await createOlderAlert(client)
    await client.want(204, 'DELETE', `/alert/${_id}?force=1`)
    const query = { _and: [{ operation: 'Delete' }, { objectType: 'alert' }, { objectId: _id }] }
    expect(await client.search('audit', query)).toMatchObject([{ objectId: _id }])
    const others = await client.search('audit', { _and: [{ objectId: _id }, { operation: 'Creation' }] })
    // The rest of the trail of a thing goes with it in TheHive 4.
    expect(others).toHaveLength(flavour === 'thehive3' ? 1 : 0)
  })

  test('files are given as they are or in an archive with the usual password', async () => {
    const data = encoded('ü note.txt', 'text/plain', 'hello')
    const { artifacts } = await createOlderAlert(client, {
      artifacts: [{ dataType: 'file', data, message: 'x' }],
    })
    const { id } = (artifacts as Json[])[0]?.attachment as Json
    expect(await client.send('GET', `/datastore/${id}?name=note.txt`)).toMatchObject({
      status: 200,
      body: 'hello',
    })
    const response = await fetch(`${hive.url}/api/datastorezip/${id}?name=note.txt`, {
      headers: { Authorization: 'Bearer ana-key' },
    })
    expect(response.headers.get('content-type')).toBe('application/zip')
    const archive = Buffer.from(await response.arrayBuffer())
    expect(archive.includes('hello')).toBe(false)
    expect(readZip(archive, 'malware')).toEqual([{ name: 'note.txt', bytes: Buffer.from('hello') }])
    await client.want(404, 'GET', `/datastore/${'0'.repeat(64)}`)
    const odd = await client.send('GET', `/datastore/${id}?name=${encodeURIComponent('a:b')}`)
    expect(odd).toMatchObject(
      flavour === 'thehive3' ? { status: 400, body: 'File name is invalid' } : { status: 200 },
    )
  })

  test('faults strike, and a lost reply leaves its effect once', async () => {
    hive.faults.set({
      failNext: [{ match: { method: 'POST', pathRegex: '/api/alert$' }, action: 'reset-after' }],
    })
    const body = olderAlert()
    await expect(client.send('POST', '/alert', body)).rejects.toThrow()
    await client.want(400, 'POST', '/alert', body)
    const { type, source, sourceRef } = body
    expect(hive.effects()).toEqual({ [`create alert ${type};${source};${sourceRef}`]: 1 })
    expect(hive.events().map(({ status, fault }) => [status, fault])).toEqual([
      [null, 'reset-after'],
      [400, undefined],
    ])
  })
})

describe.each(['thehive3', 'thehive4'] as const)('the made-up alerts of %s', (flavour) => {
  test('are all there, in the server’s own words and numbers', async () => {
    const hive = await briefStandIn({ flavour, alerts: 300, seed: 3 })
    const client = createOlderClient(hive.url)
    const alerts = await client.search('alert')
    expect(alerts).toHaveLength(300)
    expect(new Set(alerts.map(({ status }) => status))).toEqual(
      new Set(
        flavour === 'thehive3' ? ['New', 'Updated', 'Ignored', 'Imported'] : ['New', 'Ignored', 'Imported'],
      ),
    )
    expect(Math.max(...alerts.map(({ tlp }) => Number(tlp)))).toBeLessThanOrEqual(3)
    const imported = alerts.find(({ status }) => status === 'Imported')
    expect(await client.get(`/case/${String(imported?.case)}`)).toMatchObject({ _type: 'case' })
    for (const { _id } of alerts.slice(0, 20))
      expect(String(_id)).toMatch(flavour === 'thehive3' ? /^[0-9a-f]{32}$/ : /^~\d+$/)
    const closed = await client.search('case', { status: 'Resolved' })
    expect(closed.length).toBeGreaterThan(0)
    for (const each of closed) expect(['TruePositive', 'FalsePositive']).toContain(each.resolutionStatus)
  })
})
