import { describe, expect, test } from 'vitest'
import { useStandIn, type Json } from './client.ts'
import { briefStandIn, createOlderAlert, createOlderClient, olderAlert } from './v0-client.ts'

const three = await useStandIn({ flavour: 'thehive3' })
const four = await useStandIn({ flavour: 'thehive4' })
const hives = { thehive3: three, thehive4: four }
const both = ['thehive3', 'thehive4'] as const

const basic = (login: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
})
const refusal = { type: 'AuthenticationError', message: 'Authentication failure' }

describe('what tells the servers apart', () => {
  test('TheHive 3 names its search engine', async () => {
    const client = createOlderClient(three.url, null)
    expect(await client.get('/status')).toMatchObject({
      versions: { TheHive: '3.5.2', Elastic4Play: expect.any(String), ElasticSearch: expect.any(String) },
      health: { elasticsearch: expect.any(String) },
      config: { protectDownloadsWith: 'malware' },
    })
    for (const path of ['/v1/status', '/v1/status/public', '/v0/alert'])
      expect(typeof (await client.want(404, 'GET', path))).toBe('string')
  })

  test('TheHive 4 names its graph', async () => {
    const client = createOlderClient(four.url, null)
    const { versions } = await client.get('/status')
    expect(versions).toEqual({ Scalligraph: '4.1.24', TheHive: '4.1.24', Play: expect.any(String) })
    expect(await client.get('/v0/status')).toMatchObject({
      schemaStatus: [],
      config: { pollingDuration: 1000 },
    })
    expect(await client.want(404, 'GET', '/v1/status/public')).toMatchObject({ type: 'NotFound' })
    expect(await client.get('/health')).toBe('Ok')
  })

  test('a version may be claimed', async () => {
    const claimed = await briefStandIn({ flavour: 'thehive3', version: '3.4.4' })
    expect(await createOlderClient(claimed.url, null).get('/status')).toMatchObject({
      versions: { TheHive: '3.4.4' },
    })
  })
})

describe.each(both)('coming in to %s', (flavour) => {
  const hive = hives[flavour]

  test.each([null, 'wrong-key'])('without a good key (%s) is refused', async (key) => {
    const answer = await createOlderClient(hive.url, key).send('GET', '/user/current')
    expect(answer).toMatchObject({ status: 401, body: refusal })
    const isFour = flavour === 'thehive4'
    expect(answer.headers.get('www-authenticate')).toBe(isFour ? 'Basic realm="thehive"' : null)
    expect(answer.headers.get('x-logout')).toBe(isFour ? '1' : null)
  })

  test('with login and password opens a session, which logging out ends', async () => {
    const anyone = createOlderClient(hive.url, null)
    const credentials = { user: 'ana@acme.example', password: 'ana-key-password' }
    const { status, headers } = await anyone.send('POST', '/login', credentials)
    expect(status).toBe(200)
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(cookie).toMatch(flavour === 'thehive3' ? /^THE_HIVE_SESSION=/ : /^THEHIVE-SESSION=/)
    const inside = createOlderClient(hive.url, null, { Cookie: cookie })
    expect(await inside.get('/user/current')).toMatchObject({ login: 'ana@acme.example' })
    await inside.want(204, 'GET', '/logout')
    await inside.want(401, 'GET', '/user/current')
    expect(await anyone.want(401, 'POST', '/login', { ...credentials, password: 'x' })).toEqual(refusal)
  })

  test('as one who is locked out', async () => {
    const user = hive.state.users.find(({ login }) => login === 'ben@acme.example')
    if (user) user.locked = true
    await createOlderClient(hive.url, 'ben-key').want(401, 'GET', '/user/current')
    const credentials = { user: 'ben@acme.example', password: 'ben-key-password' }
    expect(await createOlderClient(hive.url, null).want(403, 'POST', '/login', credentials)).toEqual({
      type: 'AuthorizationError',
      message: 'Your account is locked',
    })
    hive.reset({ state: true })
  })

  test('a reader may look and not touch', async () => {
    const { _id } = await createOlderAlert(createOlderClient(hive.url))
    const reader = createOlderClient(hive.url, 'rolf-key')
    await reader.get(`/alert/${_id}`)
    const message =
      flavour === 'thehive3' ? 'Insufficient rights to perform this action' : 'Operation not permitted'
    const refused = { type: 'AuthorizationError', message }
    for (const [method, path, body] of [
      ['POST', '/alert', olderAlert()],
      ['PATCH', `/alert/${_id}`, { severity: 1 }],
      ['DELETE', `/alert/${_id}`],
      ['POST', `/alert/${_id}/markAsRead`],
      ['POST', `/alert/${_id}/createCase`],
      ['POST', '/case', { title: 'x', description: 'x' }],
    ] as const) {
      expect(await reader.want(403, method, path, body)).toEqual(refused)
    }
  })
})

describe('passwords in a header', () => {
  test('TheHive 4 takes them, with a code behind them if there is one', async () => {
    const headers = basic('ana@acme.example', 'ana-key-password:123456')
    expect(await createOlderClient(four.url, null, headers).get('/user/current')).toMatchObject({
      ...{ login: 'ana@acme.example', roles: ['read', 'write', 'alert'], organisation: 'acme', status: 'Ok' },
    })
  })

  test('TheHive 3 takes them when told to', async () => {
    const headers = basic('ana@acme.example', 'ana-key-password')
    await createOlderClient(three.url, null, headers).want(401, 'GET', '/user/current')
    const open = await briefStandIn({ flavour: 'thehive3', basicAuth: true })
    expect(await createOlderClient(open.url, null, headers).get('/user/current')).toMatchObject({
      ...{ _id: 'ana@acme.example', roles: ['read', 'write', 'alert'], status: 'Ok', hasKey: true },
    })
    const long = basic('ana@acme.example', 'ana-key-password:1')
    await createOlderClient(open.url, null, long).want(401, 'GET', '/user/current')
  })
})

describe('rights', () => {
  test('in TheHive 3 writing does not include making alerts', async () => {
    const admin = createOlderClient(three.url, 'admin-key')
    await admin.want(403, 'POST', '/alert', olderAlert())
    await admin.want(201, 'POST', '/case', { title: 'x', description: 'x' })
  })

  test('TheHive 3 has no organisations and does not look at the header', async () => {
    const { _id } = await createOlderAlert(createOlderClient(three.url))
    expect(
      await createOlderClient(three.url, 'gil-key', { 'X-Organisation': 'x' }).get(`/alert/${_id}`),
    ).toMatchObject({ _id })
  })

  test('TheHive 4 shows each organisation its own, by name or id', async () => {
    const body = olderAlert()
    const { _id } = await createOlderClient(four.url).want(201, 'POST', '/alert', body)
    await createOlderClient(four.url, 'gil-key').want(404, 'GET', `/alert/${_id}`)
    const boss = createOlderClient(four.url, 'boss-key', { 'X-Organisation': 'globex' })
    await boss.want(404, 'GET', `/alert/${_id}`)
    const { headers } = await boss.send('GET', '/user/current')
    expect(headers.get('x-organisation')).toBe('globex')
    const id = four.state.organisations.find(({ name }) => name === 'acme')?.id ?? ''
    await createOlderClient(four.url, 'boss-key', { 'X-Organisation': id }).get(`/alert/${_id}`)
  })

  test('TheHive 4 lets a stranger to an organisation in, to nothing', async () => {
    const stranger = createOlderClient(four.url, 'ana-key', { 'X-Organisation': 'globex' })
    const { _id } = await createOlderAlert(createOlderClient(four.url))
    expect(await stranger.search('alert')).toEqual([])
    await stranger.want(404, 'GET', `/alert/${_id}`)
    await stranger.want(403, 'POST', '/alert', olderAlert())
  })
})

describe('what cannot be read', () => {
  const send = (url: string, body: string) =>
    fetch(`${url}/api/alert`, {
      method: 'POST',
      headers: { Authorization: 'Bearer ana-key', 'Content-Type': 'application/json' },
      body,
    })

  test('TheHive 3 answers in plain text', async () => {
    const answer = await send(three.url, '{"title":')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8'])
  })

  test('TheHive 4 answers in JSON, and takes no more than 256 kB without a form', async () => {
    expect(await (await send(four.url, '{"title":')).json()).toMatchObject({ type: 'BadRequest' })
    const answer = await send(four.url, JSON.stringify(olderAlert({ description: 'x'.repeat(256 * 1024) })))
    expect([answer.status, ((await answer.json()) as Json).type]).toEqual([413, 'Unknown'])
  })
})

describe.each(both)('the definitions of %s', (flavour) => {
  const client = createOlderClient(hives[flavour].url)

  test('custom fields and types of observables are listed', async () => {
    if (flavour === 'thehive4') {
      expect(await client.get('/customField')).toContainEqual({
        ...{ name: 'Risk score', reference: 'risk-score', description: 'The risk score', type: 'integer' },
        ...{ options: [], mandatory: false },
      })
      expect(await client.get('/observable/type')).toContainEqual(
        expect.objectContaining({ name: 'file', isAttachment: true }),
      )
      return
    }
    expect(Object.values(await client.get('/list/custom_fields'))).toContainEqual({
      ...{
        name: 'Risk score',
        reference: 'risk-score',
        description: 'The risk score',
        type: 'number',
        options: [],
      },
    })
    expect(Object.values(await client.get('/list/list_artifactDataType'))).toContain('file')
  })

  test('templates of cases are listed, and shown', async () => {
    const [found] = await client.search('case/template', { name: 'phishing' })
    expect(found).toMatchObject({
      name: 'phishing',
      titlePrefix: '[PHISH]',
      tags: ['phishing', 'playbook:phishing'],
    })
    expect(found?.tasks).toHaveLength(5)
    expect(await client.get(`/case/template/${found?._id}`)).toEqual(found)
  })
})
