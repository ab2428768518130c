import { describe, expect, it } from 'vitest'
import { operationKinds } from '#shared/model/operation.ts'
import { kindCases } from '#tests/support/sync/kind-cases.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

it('there is a case for every kind', () => {
  const covered = new Set(kindCases.map(([, { operation }]) => operation.kind))
  expect(operationKinds.filter((kind) => !covered.has(kind))).toEqual([])
})

describe.each(kindCases)('%s', (_, { operation, effects, arrange }) => {
  it('takes hold once and leaves a receipt', async () => {
    const rig = runnerRig([operation], arrange)
    expect(await rig.drain()).toEqual({ ended: 'empty' })
    expect(rig.hive.effects).toEqual(effects)
    expect(rig.outbox.operations[0]).toMatchObject({
      state: 'sent',
      receipt: { serverId: expect.any(String) as string },
    })
  })

  it.each(['timeout', 'server-error', 'unexpected-shape'] as const)(
    'whose answer is lost to a %s after it took hold is asked about, not sent again',
    async (kind) => {
      const rig = runnerRig([operation], arrange)
      rig.hive.plan.push({ when: 'after', kind })
      await rig.drain()
      expect(rig.outbox.operations[0]).toMatchObject({ state: 'retry-at', mustVerify: true })
      rig.time.now += 600_000
      await rig.drain()
      expect(rig.hive.effects).toEqual(effects)
      expect(rig.outbox.operations[0]).toMatchObject({ state: 'sent', receipt: { alreadyThere: true } })
    },
  )

  it('that failed before it took hold is sent again after asking', async () => {
    const rig = runnerRig([operation], arrange)
    rig.hive.plan.push({ when: 'before', kind: 'timeout' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(effects)
    expect(rig.states()).toEqual({ [operation.id]: 'sent' })
  })

  it('found in sending after a crash is asked about first, whether or not it took hold', async () => {
    const rig = runnerRig([operation], arrange)
    await rig.drain()
    // The crash came between the effect and the receipt.
    rig.outbox.operations[0] = { ...operation, state: 'sending', attempts: 1, firstSentAt: 6_000 }
    rig.restart()
    await rig.drain()
    expect(rig.hive.effects).toEqual(effects)
    expect(rig.states()).toEqual({ [operation.id]: 'sent' })
  })

  it('refused by the server stays, with the reason', async () => {
    const rig = runnerRig([operation], arrange)
    rig.hive.plan.push({ when: 'before', kind: 'forbidden', sent: true })
    await rig.drain()
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'rejected', lastError: { kind: 'forbidden' } })
  })

  it('that could not even leave waits without counting the attempt', async () => {
    const rig = runnerRig([operation], arrange)
    rig.hive.plan.push({ when: 'before', kind: 'offline', sent: false })
    expect(await rig.drain()).toMatchObject({ ended: 'connection', error: { kind: 'offline' } })
    expect(rig.outbox.operations[0]).toMatchObject({ state: 'ready', attempts: 0, mustVerify: false })
  })
})
