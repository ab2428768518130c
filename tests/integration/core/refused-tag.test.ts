import { afterEach, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

let hive: StandIn
let rig: CoreRig

afterEach(async () => {
  await rig.stop()
  await hive.stop()
})

const rejected = async () =>
  (await rig.call('outbox.list', { receipts: 0 })).filter(({ state }) => state === 'rejected')

it('a tag that was deactivated meanwhile is held with the server’s reason, holds up nothing else, and is replaced', async () => {
  hive = await startStandIn({ alerts: 40, seed: 1, version: '5.8.0' })
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  await rig.filled()
  const [one, other] = (await rig.inbox(10)).map(({ id }) => id) as [string, string]
  await hive.goOffline('refuse')
  hive.state.inactiveTags.add('campaign:old')
  await rig.call('triage.update', { ids: [one], change: { severity: 4 } })
  await rig.call('triage.update', { ids: [one], change: { addTags: ['campaign:old'] } })
  await rig.call('triage.update', { ids: [one], change: { title: 'Known by now' } })
  await rig.call('triage.update', { ids: [other], change: { addTags: ['fine'] } })
  await hive.goOnline()
  await rig.call('outbox.sendNow', {})
  await rig.call('sync.now', {})
  await until('the server said no', async () => (await rejected()).length === 1, 30_000)
  await until('all else is sent', async () => (await rig.status()).waiting <= 1, 30_000)
  const [held] = await rejected()
  expect(held?.lastError?.message).toContain('campaign:old is deactivated')
  expect(hive.effects()).toMatchObject({
    [`update ${one} severity=4`]: 1,
    [`update ${one} title=Known by now`]: 1,
    [`update ${other} addTags=["fine"]`]: 1,
  })

  const change = { addTags: ['campaign:new'] }
  await rig.call('outbox.edit', { id: held!.id, edit: { kind: 'alert.update', change } })
  await rig.sent()
  expect(hive.effects()).toMatchObject({ [`update ${one} addTags=["campaign:new"]`]: 1 })
  expect(Object.values(hive.effects()).every((count) => count === 1)).toBe(true)
  expect((await rig.call('alerts.get', { id: one })).alert.tags).toContain('campaign:new')
})
