import { describe, expect, test } from 'vitest'
import { createAlert, createClient, useStandIn, type Json } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)

describe('organisations', () => {
  const ids = async () =>
    (await createClient(hive.url, 'admin-key').query({ _name: 'listOrganisation' })) as Json[]

  test('are chosen by name or by id, and their data kept apart', async () => {
    const globex = (await ids()).find(({ name }) => name === 'globex')
    const here = await createAlert(createClient(hive.url, 'boss-key'))
    for (const chosen of ['globex', String(globex?._id)]) {
      const boss = createClient(hive.url, 'boss-key', { 'X-Organisation': chosen })
      const answer = await boss.send('GET', '/api/v1/user/current')
      expect(answer.body).toMatchObject({ organisation: 'globex', profile: 'org-admin' })
      expect(answer.headers.get('x-organisation')).toBe('globex')
      expect(answer.headers.get('x-permissions')).toContain('manageAlert/create')
      await boss.want(404, 'GET', `/api/v1/alert/${here._id}`)
    }
    expect(await createClient(hive.url, 'boss-key').get('/api/v1/user/current')).toMatchObject({
      organisation: 'acme',
      organisations: [{ organisation: 'acme' }, { organisation: 'globex' }],
    })
  })

  test('members see their own, the platform’s administrator all', async () => {
    expect(await ana.query({ _name: 'listOrganisation' })).toMatchObject([{ name: 'acme' }])
    expect((await ids()).map(({ name }) => name)).toEqual(['admin', 'acme', 'globex'])
    expect(await ana.get('/api/v1/organisation/acme')).toMatchObject({ name: 'acme' })
    await ana.want(404, 'GET', '/api/v1/organisation/globex')
    expect(hive.violations()).toEqual([])
  })
})

describe('users', () => {
  test('are listed and found by login or id', async () => {
    const users = await ana.query({ _name: 'listUser' })
    expect(users.map(({ login }) => login)).toEqual(
      ['ana', 'ben', 'rolf', 'boss'].map((name) => `${name}@acme.example`),
    )
    const [first] = users
    for (const wanted of [first?._id, first?.login]) {
      expect(await ana.get(`/api/v1/user/${String(wanted)}`)).toEqual(first)
      expect(await ana.query({ _name: 'getUser', idOrName: wanted })).toEqual([first])
    }
    await ana.want(404, 'GET', '/api/v1/user/nobody')
    const members = await ana.query({ _name: 'getOrganisation', idOrName: 'acme' }, { _name: 'users' })
    expect(members).toEqual(users)
    expect(hive.violations()).toEqual([])
  })

  test('a session lasts from login to logout', async () => {
    const nobody = createClient(hive.url, null)
    const body = { user: 'ana@acme.example', password: 'ana-key-password' }
    const answer = await nobody.send('POST', '/api/v1/login', body)
    expect(answer).toMatchObject({ status: 200, body: { login: 'ana@acme.example' } })
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
    const session = createClient(hive.url, null, { Cookie: cookie })
    expect(await session.get('/api/v1/user/current')).toMatchObject({ login: 'ana@acme.example' })
    await session.want(200, 'POST', '/api/v1/logout')
    await session.want(401, 'GET', '/api/v1/user/current')
    await nobody.want(401, 'POST', '/api/v1/login', { ...body, password: 'wrong' })
  })
})
