import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PackPlan } from '#shared/model/shift-pack.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { connectServer } from '#main/core/server-factory.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

const { signal } = new AbortController()
const plan: PackPlan = {
  views: [{ name: 'Severe', filter: { op: 'in', field: 'severity', values: [3, 4] } }],
  ...{ days: 0, similar: true, filesUpTo: 0 },
}
let hive: StandIn
let rig: CoreRig

beforeEach(async () => {
  hive = await startStandIn({ alerts: 60, seed: 1 })
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  await rig.filled()
})

afterEach(async () => {
  await rig.stop()
  await hive.stop()
})

const status = () => rig.call('pack.status', {})
const ready = () => until('the pack is ready', async () => (await status()).state === 'ready', 40_000)
const severe = async () => {
  const sort = { field: 'date', direction: 'desc' } as const
  const { pks } = await rig.call('queue.order', { filter: plan.views[0]!.filter, sort, limit: 100 })
  return rig.call('queue.rows', { pks })
}

/** Comments leave no stamp on their alert: a pull does not bring them. */
async function comment(id: string, text: string): Promise<void> {
  const { server } = await connectServer({ url: hive.url, apiKey: 'ben-key' }, signal)
  await server.addComment(id, text, signal)
  await server.close()
}

describe('what is taken along', () => {
  it('is there without the server: comments and what is similar, of alerts nobody opened', async () => {
    const [row] = await severe()
    await comment(row!.id, 'seen on the gateway too')
    const measured = await rig.call('pack.measure', plan)
    expect(measured).toMatchObject({ state: 'none', ready: 0 })
    expect(measured.missing).toBe(measured.alerts)
    const started = await rig.call('pack.start', plan)
    expect(started.state).toBe('packing')
    await ready()
    const done = await status()
    expect(done).toMatchObject({ ready: measured.alerts, missing: 0, stale: 0, failed: 0 })

    await hive.goOffline('refuse')
    await rig.call('sync.now', {})
    await until('offline', async () => (await rig.status()).connection === 'offline')
    const detail = await rig.call('alerts.get', { id: row!.id })
    expect(detail.comments.map(({ message }) => message)).toContain('seen on the gateway too')
    const similar = await rig.call('alerts.similar', { id: row!.id })
    expect(similar.asOf).toEqual(expect.any(Number))
  })

  it('goes on where it was after the server was away, and after the process died', async () => {
    hive.faults.set({
      failNext: [{ match: { pathRegex: 'query.*comments' }, action: 'reset-before', times: 1_000 }],
    })
    await rig.call('pack.start', plan)
    await until('it waits', async () => (await status()).state === 'waiting', 20_000)
    expect((await status()).problem).toBeDefined()
    hive.faults.clear()
    await rig.kill()
    rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' }, folder: rig.folder })
    await ready()
    expect(await status()).toMatchObject({ missing: 0, plan })
  })

  it('can be paused, says what is missing, goes on at a word and is forgotten at another', async () => {
    hive.faults.set({ latency: 60 })
    await rig.call('pack.start', plan)
    const paused = await rig.call('pack.pause', {})
    expect(paused.state).toBe('paused')
    expect(paused.missing).toBeGreaterThan(0)
    hive.faults.clear()
    await rig.call('pack.resume', {})
    await ready()
    expect(await rig.call('pack.forget', {})).toMatchObject({ state: 'none', alerts: 0 })
    expect((await status()).plan).toBeUndefined()
  })

  it('an alert that changed since is stale until it is fetched again; what the server refuses is counted', async () => {
    await rig.call('pack.start', plan)
    await ready()
    await rig.call('pack.pause', {})
    const [first, second] = await severe()
    const { server } = await connectServer({ url: hive.url, apiKey: 'ben-key' }, signal)
    await server.updateAlert(first!.id, { title: 'changed by a colleague' }, signal)
    await server.close()
    await rig.call('sync.now', {})
    await until('it is stale', async () => (await rig.call('pack.measure', plan)).stale === 1)
    hive.faults.set({
      failNext: [{ match: { pathRegex: 'query.*similar' }, action: 'status', status: 403, times: 1 }],
    })
    await rig.call('pack.resume', {})
    await ready()
    expect(await status()).toMatchObject({ stale: 1, failed: 1 })
    await rig.call('pack.resume', {})
    await ready()
    expect(await status()).toMatchObject({ stale: 0, failed: 0 })
    expect(second).toBeDefined()
  })
})
