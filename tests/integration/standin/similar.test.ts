import { describe, expect, test } from 'vitest'
import { createAlert, createCase, createClient, useStandIn, type Json } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)

const ip = (data: string, rest: Json = {}): Json => ({ dataType: 'ip', data, ...rest })

describe('observables in common', () => {
  test('of an alert with an alert or a case, ignored ones aside', async () => {
    const shared = ip('198.51.100.7', { tags: ['mine'] })
    const one = await createAlert(ana, { observables: [shared, ip('198.51.100.8'), ip('198.51.100.9')] })
    const ignored = ip('198.51.100.8', { ignoreSimilarity: true })
    const two = await createAlert(ana, { observables: [ip('198.51.100.7'), ignored] })
    const target = await createCase(ana)
    await ana.want(201, 'POST', `/api/v1/case/${target._id}/observable`, ip('198.51.100.9'))
    const common = (a: string, b: Json) => ana.get(`/api/v1/${a}/similar/${String(b._id)}/observables`)
    expect(await common(`alert/${one._id}`, two)).toMatchObject([{ data: '198.51.100.7', tags: ['mine'] }])
    expect(await common(`alert/${one._id}`, target)).toMatchObject([{ data: '198.51.100.9' }])
    expect(await common(`case/${target._id}`, one)).toMatchObject([{ data: '198.51.100.9' }])
    expect(await common(`case/${target._id}`, two)).toEqual([])
    await ana.want(404, 'GET', `/api/v1/alert/${one._id}/similar/~1/observables`)
    expect(hive.violations()).toEqual([])
  })

  test('are counted without being listed', async () => {
    const observables = [ip('203.0.113.5')]
    const one = await createAlert(ana, { observables })
    for (let at = 0; at < 3; at++) await createAlert(ana, { observables })
    const target = await createCase(ana)
    await ana.want(201, 'POST', `/api/v1/case/${target._id}/observable`, ip('203.0.113.5'))
    const count = (step: string) => ana.query({ _name: 'getAlert', idOrName: one._id }, { _name: step })
    expect(await count('similarAlertLightCount')).toBe(3)
    expect(await count('similarCaseLightCount')).toBe(1)
    expect(await count('similarAlertsLight')).toHaveLength(3)
    expect(await count('similarCasesLight')).toMatchObject([{ _id: target._id, similarObservableCount: 1 }])
    expect(await count('similarCases')).toMatchObject([
      { case: { _id: target._id }, similarObservableCount: 1, similarIocCount: 0 },
    ])
  })

  test.each(['similarAlertsLight', 'similarCasesLight', 'similarAlerts', 'similarCases'])(
    '%s is the end of a query',
    async (step) => {
      const { _id } = await createAlert(ana)
      const ask = (next: Json) => ({ query: [{ _name: 'getAlert', idOrName: _id }, { _name: step }, next] })
      const further = [{ _name: 'page', from: 0, to: 5 }, { _name: 'count' }, { _name: 'filter', _any: '*' }]
      for (const next of further) await ana.want(400, 'POST', '/api/v1/query', ask(next))
    },
  )

  test('how often an observable was seen comes as extra data', async () => {
    const observables = [ip('203.0.113.77')]
    const one = await createAlert(ana, { observables })
    await createAlert(ana, { observables })
    const [seen] = await ana.query(
      { _name: 'getAlert', idOrName: one._id },
      { _name: 'observables' },
      { _name: 'page', from: 0, to: 5, extraData: ['seen', 'seenSummary', 'shares'] },
    )
    expect(seen?.extraData).toEqual({
      seen: true,
      seenSummary: { seen: true, alertCount: 1, caseCount: 0 },
      shares: [],
    })
  })
})

test('observables are changed in bulk, all or nothing', async () => {
  const observables = [ip('192.0.2.1'), ip('192.0.2.2')]
  const { _id } = await createAlert(ana, { observables })
  const list = () => ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'observables' })
  const ids = (await list()).map((each) => each._id)
  await ana.want(404, 'PATCH', '/api/v1/observable/_bulk', { ids: [...ids, '~1'], ioc: true })
  await ana.want(400, 'PATCH', '/api/v1/observable/_bulk', { ids, dataType: 'file' })
  expect(await list()).toMatchObject([{ ioc: false }, { ioc: false }])
  await ana.want(204, 'PATCH', '/api/v1/observable/_bulk', { ids, ioc: true, addTags: ['c2'] })
  expect(await list()).toMatchObject([
    { ioc: true, tags: ['c2'] },
    { ioc: true, tags: ['c2'] },
  ])
  expect(hive.violations()).toEqual([])
})
