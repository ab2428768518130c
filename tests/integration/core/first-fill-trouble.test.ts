import { afterEach, describe, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

let hive: StandIn
let rig: CoreRig | undefined

afterEach(async () => {
  await rig?.stop()
  await hive.stop()
})

const start = async (apiKey = 'ana-key') => {
  rig = await startCoreRig({ connection: { url: hive.url, apiKey } })
  return rig
}

describe('the first fill', () => {
  it('copies every alert and observable of the organisation', async () => {
    hive = await startStandIn({ alerts: 2_500, seed: 3 })
    const { call, filled } = await start()
    await filled()
    const counts = await call('queue.counts', {})
    expect(counts.total).toBe(2_500)
    const [row] = await rig!.inbox(1)
    const detail = await call('alerts.get', { id: row!.id })
    expect(detail.observables).toHaveLength(detail.alert.observableCount)
  })

  it('goes on where it was when the server dies in the middle of it', async () => {
    hive = await startStandIn({ alerts: 2_500, seed: 3 })
    const { call, status } = await start()
    await until('a page is in', async () => ((await status()).fill?.rows ?? 0) > 0)
    await hive.goOffline('destroy')
    await until('offline is noticed or the fill was quicker', async () =>
      ['offline', 'online'].includes((await status()).connection),
    )
    await hive.goOnline()
    await call('sync.now', {})
    await rig!.filled()
    expect((await call('queue.counts', {})).total).toBe(2_500)
  })

  it('can be cancelled and resumed', async () => {
    hive = await startStandIn({ alerts: 3_000, seed: 3, faults: { latency: 40 } })
    const { call, status } = await start()
    await until('a page is in', async () => ((await status()).fill?.rows ?? 0) > 0)
    await call('sync.cancelFill', {})
    await until('it is cancelled', async () => (await status()).fill?.phase === 'cancelled')
    const partly = (await call('queue.counts', {})).total
    expect(partly).toBeGreaterThan(0)
    await call('sync.resumeFill', {})
    await rig!.filled()
    expect((await call('queue.counts', {})).total).toBe(3_000)
  })

  it('stays paused when it is opened again, says so, and can be resumed', async () => {
    hive = await startStandIn({ alerts: 3_000, seed: 3, faults: { latency: 40 } })
    const { call, status, remote, open, filled } = await start()
    await until('a page is in', async () => ((await status()).fill?.rows ?? 0) > 0)
    await call('sync.cancelFill', {})
    await until('it is paused', async () => (await status()).fill?.phase === 'cancelled')
    const { rows } = (await status()).fill!
    await remote.close()
    await hive.goOffline('refuse')
    await open()
    const paused = { phase: 'cancelled', rows, total: 3_000 }
    expect((await status()).fill).toMatchObject(paused)
    await hive.goOnline()
    await call('sync.now', {})
    await until('it is online', async () => (await status()).connection === 'online')
    expect((await status()).fill).toMatchObject(paused)
    await call('sync.resumeFill', {})
    await filled()
    expect((await call('queue.counts', {})).total).toBe(3_000)
  })

  it('is not paused by working offline: it goes on when it is opened again', async () => {
    hive = await startStandIn({ alerts: 3_000, seed: 3, faults: { latency: 40 } })
    const { call, status, remote, open, filled } = await start()
    await until('a page is in', async () => ((await status()).fill?.rows ?? 0) > 0)
    await call('sync.workOffline', { offline: true })
    await until('nothing is fetched', async () => (await status()).fill?.rowsPerSecond === 0)
    expect((await status()).fill?.phase).not.toBe('cancelled')
    await remote.close()
    await open()
    await filled()
    expect((await call('queue.counts', {})).total).toBe(3_000)
  })

  it('can be closed while pages are read ahead, and goes on when it is opened again', async () => {
    hive = await startStandIn({ alerts: 4_500, seed: 3, faults: { latency: 20 } })
    const { call, status, remote, open, filled } = await start()
    await until('a page is in', async () => ((await status()).fill?.rows ?? 0) > 0)
    await remote.close()
    await open()
    const partly = (await call('queue.counts', {})).total
    expect(partly).toBeGreaterThan(0)
    expect(partly).toBeLessThan(4_500)
    await filled()
    expect((await call('queue.counts', {})).total).toBe(4_500)
  })

  it('says that a page is broken, keeps those before it, and has all of them in the end', async () => {
    hive = await startStandIn({ alerts: 3_500, seed: 3 })
    const match = { pathRegex: 'forager-alerts', nth: 5 }
    hive.faults.set({ failNext: [{ match, action: 'malformed-json' }] })
    const { call, events, filled } = await start()
    await until('it is said', () =>
      events.some(({ payload }) => (payload as SyncStatus).problem?.kind === 'unexpected-shape'),
    )
    expect((await call('queue.counts', {})).total).toBeGreaterThan(0)
    await call('sync.now', {})
    await filled()
    expect((await call('queue.counts', {})).total).toBe(3_500)
  })

  it('sets one unreadable alert aside, counts it, and takes the rest of the page', async () => {
    hive = await startStandIn({ alerts: 300, seed: 3 })
    hive.faults.set({
      failNext: [{ match: { pathRegex: 'forager-alerts' }, action: 'wrong-type', times: 3 }],
    })
    const { call, status, filled } = await start()
    await filled()
    await until('it is counted', async () => (await status()).setAside > 0)
    expect((await call('queue.counts', {})).total).toBe(299)
  })

  it('says who is refused when the key is wrong, and keeps running', async () => {
    hive = await startStandIn({ alerts: 10, seed: 3 })
    const { status } = await start('no-such-key')
    await until('it is refused', async () => (await status()).connection === 'refused')
    expect((await status()).problem).toMatchObject({ kind: 'unauthorised' })
  })

  it('waits for a server that is down at the start', async () => {
    hive = await startStandIn({ alerts: 10, seed: 3 })
    await hive.goOffline('refuse')
    const { status, filled, call } = await start()
    await until('offline is noticed', async () => (await status()).connection === 'offline')
    await hive.goOnline()
    await call('sync.now', {})
    await filled()
  })
})
