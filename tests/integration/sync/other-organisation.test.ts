import { expect, it } from 'vitest'
import { countEveryMs, passEveryMs } from '#main/sync/deletion-sweep.ts'
import { anOperation } from '#tests/support/make.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'

const refusedMs = 300_000

it('while the account works in another organisation nothing is read or sent; back home each decision is sent once', async () => {
  const rig = await startPullRig({ flavour: 'thehive5' })
  const shown = rig.shown()
  const id = shown[0] ?? ''
  const change = { severity: 4, addTags: ['ours'] } as const
  const payload = { change: { ...change, addTags: ['ours'] }, effect: {} }
  await rig.restart('gil-key')
  await rig.book.append([anOperation('alert.update', payload, { alertId: id })])
  await rig.round(refusedMs)
  await rig.engine().lookAt(id)
  await rig.round(countEveryMs)
  await rig.round(passEveryMs)

  expect(rig.engine().status()).toMatchObject({
    connection: 'refused',
    waiting: 1,
    problem: { kind: 'forbidden', details: { organisation: 'globex' } },
  })
  expect(rig.hive.effects()).toEqual({})
  expect(rig.outbox.operations).toMatchObject([{ state: 'ready', attempts: 0 }])
  expect(rig.shown()).toEqual(shown)
  expect(rig.gone()).toEqual([])

  await rig.restart('ana-key')
  await rig.rounds(2)
  expect(rig.hive.effects()).toMatchObject({ [`update ${id} severity=4`]: 1 })
  expect(rig.outbox.operations).toMatchObject([{ state: 'sent' }])
})
