import { describe, expect, test } from 'vitest'
import { createAlert, createClient, newAlert, useStandIn, type Json } from './client.ts'

const hive = await useStandIn()
const ana = createClient(hive.url)
const control = createClient(hive.controlUrl, null)

const armed = (rule: Json) => control.want(200, 'POST', '/faults', { failNext: [rule] })
const find = (sourceRef: unknown) =>
  ana.query({ _name: 'listAlert' }, { _name: 'filter', _eq: { _field: 'sourceRef', _value: sourceRef } })

describe('the book of effects', () => {
  test('counts each time a decision takes hold, repeats included, and no refusal', async () => {
    const { _id, sourceRef } = await createAlert(ana)
    for (const severity of [3, 3]) await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { severity })
    await ana.want(400, 'PATCH', `/api/v1/alert/${_id}`, { severity: 9 })
    await ana.want(201, 'POST', `/api/v1/alert/${_id}/comment`, { message: 'abc' })
    const effects = await control.get('/effects')
    expect(effects).toEqual({
      [`create alert test;suite;${sourceRef}`]: 1,
      [`update ${_id} severity=3`]: 2,
      [`comment ${_id} by ana@acme.example: sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad`]: 1,
    })
    expect(effects).toEqual(hive.effects())
  })

  test('the log tells who asked what, in order, and what came of it', async () => {
    const { _id } = await createAlert(ana)
    await ana.query({ _name: 'listAlert' })
    await ana.want(404, 'GET', '/api/v1/alert/~1')
    const events = (await control.get('/events')) as unknown as Json[]
    expect(events).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/alert',
        user: 'ana@acme.example',
        status: 201,
        effects: [expect.stringMatching(/^create/)],
      },
      {
        method: 'POST',
        path: '/api/v1/query',
        query: 'test',
        status: 200,
        body: expect.stringContaining('listAlert'),
      },
      { path: '/api/v1/alert/~1', status: 404, effects: [] },
    ])
    const numbers = events.map(({ n }) => n as number)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(await control.get(`/events?after=${numbers[1]}`)).toHaveLength(1)
    expect(_id).toBeDefined()
  })

  test('the API’s own port answers no switch', async () => {
    await ana.want(404, 'GET', '/__standin/events')
  })
})

describe('faults', () => {
  test('reset-before: the connection drops and nothing happened', async () => {
    await armed({ match: { method: 'POST', pathRegex: '/alert$' }, action: 'reset-before' })
    const draft = newAlert()
    await expect(ana.send('POST', '/api/v1/alert', draft)).rejects.toThrow()
    expect(await find(draft.sourceRef)).toEqual([])
    expect(hive.effects()).toEqual({})
    expect(hive.events()[0]).toMatchObject({ fault: 'reset-before', status: null })
  })

  test('reset-after: the connection drops although it happened', async () => {
    await armed({ match: { method: 'POST', pathRegex: '/alert$' }, action: 'reset-after' })
    const draft = newAlert()
    await expect(ana.send('POST', '/api/v1/alert', draft)).rejects.toThrow()
    expect(await find(draft.sourceRef)).toHaveLength(1)
    expect(hive.events()[0]).toMatchObject({
      fault: 'reset-after',
      status: null,
      effects: [expect.any(String)],
    })
  })

  test('status and html answer without doing, or after doing', async () => {
    const draft = newAlert()
    await armed({ action: 'status', status: 429, headers: { 'Retry-After': '3' } })
    const refused = await ana.send('POST', '/api/v1/alert', draft)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3'])
    expect(await find(draft.sourceRef)).toEqual([])
    await armed({ action: 'html', after: true })
    const spoiled = await ana.send('POST', '/api/v1/alert', draft)
    expect([spoiled.status, spoiled.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await find(draft.sourceRef)).toHaveLength(1)
  })

  test('malformed and truncated bodies break the reader', async () => {
    const { _id } = await createAlert(ana)
    await armed({ action: 'malformed-json' })
    await expect(ana.send('GET', `/api/v1/alert/${_id}`)).rejects.toThrow(SyntaxError)
    await armed({ action: 'truncate' })
    await expect(ana.send('GET', `/api/v1/alert/${_id}`)).rejects.toThrow(TypeError)
    await ana.get(`/api/v1/alert/${_id}`)
  })

  test('wrong-type spoils one field of one alert of a page', async () => {
    for (let at = 0; at < 3; at++) await createAlert(ana, { title: 'Spoil' })
    await armed({ action: 'wrong-type', field: '_createdAt' })
    const rows = await ana.query(
      { _name: 'listAlert' },
      { _name: 'filter', _eq: { _field: 'title', _value: 'Spoil' } },
    )
    expect(rows.filter(({ _createdAt }) => typeof _createdAt !== 'number')).toHaveLength(1)
  })

  test('hang never answers and does nothing', async () => {
    await armed({ match: { pathRegex: '/alert$' }, action: 'hang' })
    const draft = newAlert()
    const headers = { Authorization: 'Bearer ana-key', 'Content-Type': 'application/json' }
    const signal = AbortSignal.timeout(200)
    const asked = fetch(`${hive.url}/api/v1/alert`, {
      method: 'POST',
      headers,
      body: JSON.stringify(draft),
      signal,
    })
    await expect(asked).rejects.toThrow(/timeout/)
    expect(hive.effects()).toEqual({})
  })

  test('nth and times choose which requests are struck', async () => {
    await armed({ match: { method: 'GET', nth: 2 }, action: 'status', times: 2 })
    const statuses = []
    for (let at = 0; at < 4; at++) statuses.push((await ana.send('GET', '/api/v1/user/current')).status)
    expect(statuses).toEqual([200, 503, 503, 200])
  })

  test('latency delays every request', async () => {
    await control.want(200, 'POST', '/faults', { latency: 120 })
    const start = performance.now()
    await ana.get('/api/v1/status')
    expect(performance.now() - start).toBeGreaterThan(100)
  })

  test('an unknown action is refused', async () => {
    await control.want(400, 'POST', '/faults', { failNext: [{ action: 'explode' }] })
  })
})

describe('going offline', () => {
  test.each(['refuse', 'destroy'] as const)(
    '%s: no request gets through, and the state is there afterwards',
    async (mode) => {
      const { _id } = await createAlert(ana)
      await control.want(200, 'POST', '/offline', { mode })
      await expect(ana.get(`/api/v1/alert/${_id}`)).rejects.toThrow()
      await expect(ana.get(`/api/v1/alert/${_id}`)).rejects.toThrow()
      await control.want(200, 'POST', '/online')
      expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ _id })
    },
  )

  test('going twice in either direction is harmless', async () => {
    for (let at = 0; at < 2; at++) await hive.goOffline('refuse')
    for (let at = 0; at < 2; at++) await hive.goOnline()
    await ana.get('/api/v1/status/public')
  })
})

test('a full reset starts over', async () => {
  const { _id } = await createAlert(ana)
  await control.want(200, 'POST', '/reset', { state: true })
  await ana.want(404, 'GET', `/api/v1/alert/${_id}`)
  expect(hive.effects()).toEqual({})
})
