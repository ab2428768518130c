import { afterEach, describe, expect, it } from 'vitest'
import { parseFilter } from '#shared/query/parse.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn, StandInOptions } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function connected(options: StandInOptions): Promise<{ hive: StandIn; rig: CoreRig }> {
  const hive = await startStandIn({ seed: 3, ...options })
  stops.push(hive.stop)
  const rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  stops.push(() => rig.stop())
  return { hive, rig }
}

const ask = ({ call }: CoreRig, text: string) =>
  call('queue.askServer', { filter: parseFilter(text).filter, sort: newestFirst })

async function shown({ call }: CoreRig, text: string): Promise<number> {
  const { filter } = parseFilter(text)
  return (await call('queue.order', { filter, sort: newestFirst, limit: 10_000 })).pks.length
}

const cancelled = async (rig: CoreRig): Promise<void> => {
  await until('a page is in', async () => ((await rig.status()).fill?.rows ?? 0) > 0)
  await rig.call('sync.cancelFill', {})
  await until('it is cancelled', async () => (await rig.status()).fill?.phase === 'cancelled')
}

describe('asking the server', () => {
  it('brings what fits into a copy that was not finished, and says how many the server has', async () => {
    const { rig, hive } = await connected({ alerts: 8_000, faults: { latency: 60 } })
    await cancelled(rig)
    hive.faults.clear()
    const text = 'severity:critical date<-26d'
    const before = await shown(rig, text)
    const answer = await ask(rig, text)
    expect(answer).toMatchObject({ more: false, notAsked: [], setAside: 0 })
    expect(answer.total).toEqual({ count: answer.found, exact: true })
    expect(answer.found).toBe(before + answer.arrived)
    expect(answer.arrived).toBeGreaterThan(0)
    expect(await shown(rig, text)).toBe(answer.found)
    expect(rig.events).toContainEqual(
      expect.objectContaining({
        name: 'queue.changed',
        payload: expect.objectContaining({ arrived: answer.arrived }),
      }),
    )
    // What came this way does not stand in the way of the rest.
    await rig.call('sync.resumeFill', {})
    await rig.filled()
    expect((await rig.call('queue.counts', {})).total).toBe(8_000)
    expect(await shown(rig, text)).toBe(answer.found)
  })

  it('says that it is offline, and that a workspace of one’s own has no server', async () => {
    const { rig, hive } = await connected({ alerts: 10 })
    await rig.filled()
    await hive.goOffline('refuse')
    await rig.call('sync.now', {})
    await until('offline is noticed', async () => (await rig.status()).connection === 'offline')
    await expect(ask(rig, '')).rejects.toMatchObject({ kind: 'offline' })
    const local = await startCoreRig({})
    stops.push(() => local.stop())
    await expect(ask(local, '')).rejects.toMatchObject({ kind: 'rejected' })
  })

  it.each(['thehive3', 'thehive4', 'thehive5'] as const)(
    'of a %s names what it could not be asked, and finds it in the alerts themselves',
    async (flavour) => {
      const { rig } = await connected({ flavour, alerts: 300 })
      await rig.filled()
      const answer = await ask(rig, 'severity>=low description:the')
      expect(answer.notAsked).toEqual([{ text: 'description:the', seen: true }])
      expect(answer.found).toBe(await shown(rig, 'severity>=low description:the'))
      expect(answer).toMatchObject({ arrived: 0, more: false })
      const words = await ask(rig, 'the obs:192.0.2.0/24')
      const seen = flavour === 'thehive3'
      expect(words.notAsked).toEqual([
        { text: 'the', seen },
        { text: 'obs:192.0.2.0/24', seen },
      ])
    },
  )
})

describe('rows left out of plain lists', () => {
  it('are counted for as long as the connection that met them', async () => {
    const { rig, hive } = await connected({ alerts: 30, faults: { latency: 0 } })
    await rig.filled()
    const id = (await rig.inbox(1))[0]!.id
    const post = (path: string, body: object) =>
      fetch(`${hive.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { authorization: 'Bearer ana-key', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await post(`alert/${id}/comment`, { message: 'Seen.' })).status).toBe(201)
    hive.faults.set({
      failNext: [{ match: { pathRegex: 'forager-alert-comments' }, action: 'wrong-type', field: 'message' }],
    })
    await rig.call('alerts.get', { id })
    await until('it is counted', async () => {
      await rig.call('sync.now', {})
      return (await rig.status()).setAside === 1
    })
    await hive.goOffline('refuse')
    await rig.call('sync.now', {})
    await until('offline is noticed', async () => (await rig.status()).connection === 'offline')
    await hive.goOnline()
    await until('a new connection counts anew', async () => {
      await rig.call('sync.now', {})
      const { connection, setAside } = await rig.status()
      return connection === 'online' && setAside === 0
    })
  })
})
