import { afterEach, describe, expect, it } from 'vitest'
import { detectServer } from '#main/thehive/detect.ts'
import { openServer } from '#main/thehive/open-server.ts'
import { readTotal } from '#main/thehive/total.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { keys, signal } from './harness.ts'
import type { Target } from './harness.ts'
import { oddServers, wireAlert } from './odd-server.ts'
import { searchFor } from './operations/find-alerts.ts'

const { connect } = oddServers()
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function filled(target: Target, alerts: number) {
  const hive = await startStandIn({ ...target, alerts, seed: 3 })
  const detection = await detectServer({ url: hive.url }, signal)
  const server = await openServer({ url: hive.url, apiKey: keys.analyst }, detection, signal)
  stops.push(() => server.close(), hive.stop)
  return server
}

describe('the total of a search', () => {
  it.each([
    [
      { flavour: 'thehive3', version: '3.5.2' },
      { count: 1_200, exact: true },
    ],
    [
      { flavour: 'thehive4', version: '4.1.24' },
      { count: 1_000, exact: false },
    ],
    [
      { flavour: 'thehive5', version: '5.8.0' },
      { count: 1_200, exact: true },
    ],
  ] as const)('of %o is as exact as that server counts', async (target, total) => {
    const server = await filled(target, 1_200)
    const found = await server.findAlerts(searchFor('', { limit: 10 }), signal)
    expect(found).toMatchObject({ total, alerts: { length: 10 } })
    expect((await server.findAlerts(searchFor('', { limit: 10, cursor: found.next }), signal)).total).toBe(
      undefined,
    )
    // Counting alone is exact on all of them.
    expect(await server.countAlerts(signal, searchFor(''))).toBe(1_200)
  })

  it('is not exact when the answer took so long that the server may have given up counting', () => {
    expect(readTotal(70_000, 800)).toEqual({ count: 70_000, exact: true })
    expect(readTotal(70_000, 5_100)).toEqual({ count: 70_000, exact: false })
    expect(readTotal(undefined, 0)).toBeUndefined()
  })

  it.each([[undefined], [{ 'x-total': 'many' }], [{ 'x-total': '' }]])(
    'is unknown where a header of %o says nothing',
    async (headers) => {
      const { server } = await connect({
        'POST /api/v1/query': () => ({ body: [wireAlert, wireAlert], ...(headers && { headers }) }),
      })
      const { total, alerts } = await server.findAlerts(searchFor('', { limit: 2 }), signal)
      expect([total, alerts.length]).toEqual([undefined, 2])
    },
  )
})

describe('a row of a search that cannot be read', () => {
  const rows = [5, 4, 3].map((date) => ({ ...wireAlert, _id: `~${date}`, date }))

  it('is set aside, and the page goes on behind it', async () => {
    const broken = [rows[0], { ...rows[1], title: 7 }, rows[2]]
    const { server, noted } = await connect({ 'POST /api/v1/query': () => ({ body: broken }) })
    const found = await server.findAlerts(searchFor('', { limit: 3 }), signal)
    expect(found.alerts.map(({ id }) => id)).toEqual(['~5', '~3'])
    expect(found.setAside).toMatchObject([
      { entity: 'alert', id: '~4', reason: expect.stringMatching(/title/) },
    ])
    expect(found.next).toEqual({ value: 3, skip: 1 })
    await server.findAlerts(searchFor('', { limit: 3, cursor: found.next }), signal)
    const { query } = JSON.parse(noted.at(-1)?.body ?? '') as { query: unknown }
    expect(query).toContainEqual({ _name: 'filter', _lte: { _field: 'date', _value: 3 } })
    expect(query).toContainEqual({ _name: 'page', from: 1, to: 4 })
  })

  it.each([[null], [7], [[]], [{}], [{ date: 'late' }]])(
    'and does not even tell its place (%j) lets the rows be counted instead',
    async (odd) => {
      const { server } = await connect({ 'POST /api/v1/query': () => ({ body: [rows[0], odd] }) })
      const found = await server.findAlerts(searchFor('', { limit: 2 }), signal)
      expect([found.alerts.length, found.setAside.length]).toEqual([1, 1])
      expect(found.next).toEqual({ value: undefined, skip: 2 })
      const onward = searchFor('', { limit: 2, cursor: { value: 5, skip: 1 } })
      expect((await server.findAlerts(onward, signal)).next).toEqual({ value: 5, skip: 3 })
    },
  )

  it('is no excuse for an answer that is no list', async () => {
    const { server } = await connect({ 'POST /api/v1/query': () => ({ body: { rows: [] } }) })
    await expect(server.findAlerts(searchFor(''), signal)).rejects.toMatchObject({ kind: 'unexpected-shape' })
  })
})

describe('views of a server', () => {
  const view = { ...wireAlert, name: 'v', entity: 'Alert', filter: {}, isShared: false }

  it('that it refuses to tell are missing with its reason, and the connection is as good as before', async () => {
    const refusal = { status: 400, body: { type: 'AttributeCheckingError', message: 'Unknown operation' } }
    const { server } = await connect({ 'POST /api/v1/query': () => refusal })
    await expect(server.views(signal)).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('that cannot be read stop no others', async () => {
    const told: unknown[] = []
    const { server } = await connect(
      {
        'POST /api/v1/query': () => ({ body: [null, { ...view, filter: 'x' }, view, { ...view, name: 7 }] }),
      },
      { leftOut: (row) => told.push(row) },
    )
    expect(await server.views(signal)).toMatchObject([{ name: 'v', filter: { op: 'any' } }])
    expect(told).toHaveLength(3)
  })
})
