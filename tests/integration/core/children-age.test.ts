import { afterEach, beforeEach, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

let hive: StandIn
let rig: CoreRig

beforeEach(async () => {
  hive = await startStandIn({ alerts: 10, seed: 1 })
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  await rig.filled()
})

afterEach(async () => {
  await rig.stop()
  await hive.stop()
})

it('what hangs on an alert has the age of when it was fetched, and none where it never was', async () => {
  const [opened, other] = await rig.inbox(2)
  const detail = (row: typeof opened) => rig.call('alerts.get', { id: row?.id ?? '' })
  const before = Date.now()
  expect(await detail(opened)).not.toHaveProperty('childrenAt')
  await until('it is looked at', async () => (await detail(opened)).childrenAt !== undefined)
  expect((await detail(opened)).childrenAt).toBeGreaterThanOrEqual(before)
  await hive.goOffline('refuse')
  expect(await detail(other)).not.toHaveProperty('childrenAt')
})
