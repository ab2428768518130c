import { describe, expect, test } from 'vitest'
import { createAlert, createClient, newAlert, useStandIn } from './client.ts'

const hive = await useStandIn()
const ana = createClient(hive.url)
const rolf = createClient(hive.url, 'rolf-key')

describe('credentials', () => {
  test.each([
    ['none', {}],
    ['a wrong key', { Authorization: 'Bearer nobody' }],
    ['an empty key', { Authorization: 'Bearer ' }],
    ['a wrong password', { Authorization: `Basic ${btoa('ana@acme.example:wrong')}` }],
    ['another scheme', { Authorization: 'Digest ana-key' }],
  ])('%s: 401 with an authentication error', async (_, headers) => {
    const response = await fetch(`${hive.url}/api/v1/user/current`, {
      headers: headers as Record<string, string>,
    })
    expect([response.status, await response.json()]).toEqual([
      401,
      { type: 'AuthenticationError', message: expect.any(String) },
    ])
  })

  test('a bearer key and a basic password both name the user', async () => {
    for (const Authorization of ['Bearer ana-key', `Basic ${btoa('ana@acme.example:ana-key-password')}`]) {
      const response = await fetch(`${hive.url}/api/v1/user/current`, { headers: { Authorization } })
      expect(await response.json()).toMatchObject({
        login: 'ana@acme.example',
        organisation: 'acme',
        profile: 'analyst',
      })
    }
  })

  test('logging in answers the user, and a wrong password does not', async () => {
    const nobody = createClient(hive.url, null)
    const login = { user: 'ana@acme.example', password: 'ana-key-password' }
    expect(await nobody.want(200, 'POST', '/api/v1/login', login)).toMatchObject({ name: 'Ana Analyst' })
    await nobody.want(401, 'POST', '/api/v1/login', { ...login, password: 'x' })
  })

  test('the public status tells the version to anybody, the full one only to users', async () => {
    const nobody = createClient(hive.url, null)
    expect(await nobody.get('/api/v1/status/public')).toMatchObject({ version: '5.6.2' })
    await nobody.want(401, 'GET', '/api/v1/status')
    expect(await ana.get('/api/v1/status')).toMatchObject({ version: '5.6.2', license: { isValid: true } })
  })

  test('an unknown route is a JSON 404', async () => {
    expect(await ana.want(404, 'GET', '/api/v1/nowhere')).toEqual({
      type: 'NotFound',
      message: '/api/v1/nowhere',
    })
  })

  test('a body that is no JSON is a 400', async () => {
    const headers = { Authorization: 'Bearer ana-key', 'Content-Type': 'application/json' }
    const response = await fetch(`${hive.url}/api/v1/alert`, { method: 'POST', headers, body: '{"type":' })
    expect([response.status, await response.json()]).toMatchObject([400, { type: 'BadRequest' }])
  })
})

describe('permissions', () => {
  test('a reader reads', async () => {
    const { _id } = await createAlert(ana)
    await rolf.get(`/api/v1/alert/${_id}`)
    expect(await rolf.query({ _name: 'getAlert', idOrName: _id })).toHaveLength(1)
  })

  test.each<[string, string, string, unknown?]>([
    ['create', 'POST', '/api/v1/alert', newAlert()],
    ['update', 'PATCH', '/api/v1/alert/ID', { title: 'x' }],
    ['delete', 'DELETE', '/api/v1/alert/ID'],
    ['promote', 'POST', '/api/v1/alert/ID/case', {}],
    ['comment', 'POST', '/api/v1/alert/ID/comment', { message: 'x' }],
    ['add observables', 'POST', '/api/v1/alert/ID/observable', { dataType: 'ip', data: '192.0.2.1' }],
    ['follow', 'POST', '/api/v1/alert/ID/follow'],
    ['create cases', 'POST', '/api/v1/case', { title: 'x', description: '' }],
  ])('a reader may not %s', async (_, method, path, body) => {
    const { _id } = await createAlert(ana)
    const before = hive.effects()
    const refused = await rolf.want(403, method, path.replace('ID', String(_id)), body)
    expect(refused).toMatchObject({ type: 'AuthorizationError' })
    expect(hive.effects()).toEqual(before)
  })

  test('reopening needs its own permission', async () => {
    const { _id } = await createAlert(ana, { status: 'Ignored' })
    const analyst = hive.state.profiles.find(({ name }) => name === 'analyst')
    const all = analyst?.permissions ?? []
    if (analyst) analyst.permissions = all.filter((permission) => permission !== 'manageAlert/reopen')
    await ana.want(403, 'PATCH', `/api/v1/alert/${_id}`, { status: 'New' })
    if (analyst) analyst.permissions = all
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { status: 'New' })
  })
})

describe('organisations', () => {
  test('another organisation sees nothing of it', async () => {
    const { _id } = await createAlert(ana)
    const gil = createClient(hive.url, 'gil-key')
    await gil.want(404, 'GET', `/api/v1/alert/${_id}`)
    expect(await gil.query({ _name: 'listAlert' })).toEqual([])
  })

  test('a member of two chooses by name or id, and the same reference may live in both', async () => {
    const draft = newAlert()
    const globex = hive.state.organisations.find(({ name }) => name === 'globex')
    const made = []
    for (const organisation of ['acme', globex?.id ?? '']) {
      const boss = createClient(hive.url, 'boss-key', { 'X-Organisation': organisation })
      made.push((await boss.want(201, 'POST', '/api/v1/alert', draft))._id)
    }
    expect(new Set(made).size).toBe(2)
  })

  test('an organisation the user has not joined is a 403', async () => {
    const stranger = createClient(hive.url, 'ana-key', { 'X-Organisation': 'globex' })
    expect(await stranger.want(403, 'GET', '/api/v1/user/current')).toMatchObject({
      type: 'AuthorizationError',
    })
  })
})
