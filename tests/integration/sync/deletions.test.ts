import { describe, expect, it } from 'vitest'
import { countEveryMs, passEveryMs } from '#main/sync/deletion-sweep.ts'
import { anOperation } from '#tests/support/make.ts'
import { hideAlerts } from '#tests/support/sync/hide-alerts.ts'
import type { HiveState } from '#tests/support/thehive/state/hive-state.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()
const severity = (alertId: string) =>
  anOperation('alert.update', { change: { severity: 4 }, effect: {} }, { alertId, id: `op-${alertId}` })

/** Long enough for a disagreeing count to be noticed, a pass to be made and suspects to be asked for. */
async function sweep(rig: PullRig): Promise<void> {
  await rig.round(countEveryMs)
  await rig.rounds(2)
}

const oldest = (state: HiveState) => state.space('acme').alerts.created.rows.slice(0, 40)

const openAlert = (rig: PullRig): string => {
  const row = rig.shown().find((id) => rig.reader.detail(id)?.alert.stage === 'New')
  return row ?? expect.fail('no open alert')
}

describe.each(['thehive5', 'thehive4', 'thehive3'] as const)('a copy of a %s', (flavour) => {
  it('marks an alert that a colleague deleted, keeps it, and no longer counts it as open', async () => {
    const rig = await startPullRig({ flavour })
    const id = openAlert(rig)
    const before = rig.reader.counts('ana@acme.example')
    const title = rig.reader.detail(id)?.alert.title
    await rig.colleague.deleteAlert(id, signal)
    await sweep(rig)
    expect(rig.gone()).toEqual([id])
    expect(rig.reader.detail(id)).toMatchObject({ alert: { title }, goneAt: expect.any(Number) })
    const after = rig.reader.counts('ana@acme.example')
    expect(after.views.inbox).toBe(before.views.inbox - 1)
    expect(after.total).toBe(before.total)
  })

  it('keeps a decision about it with its reason', async () => {
    const rig = await startPullRig({ flavour })
    const id = openAlert(rig)
    await rig.colleague.deleteAlert(id, signal)
    await sweep(rig)
    await rig.book.append([severity(id)])
    await rig.round()
    expect(rig.outbox.operations).toMatchObject([{ state: 'rejected', lastError: { kind: 'not-found' } }])
    expect(rig.reader.detail(id)).toMatchObject({ alert: { severity: 4 } })
    await rig.rounds(3)
    expect(rig.gone()).toEqual([id])
  })

  it('marks an alert that was hidden without a trace, and shows it again as soon as it is listed', async () => {
    const rig = await startPullRig({ flavour })
    const id = openAlert(rig)
    const hidden = hideAlerts(rig.hive.state, (alert) => alert.id === id)
    await sweep(rig)
    expect(rig.gone()).toEqual([id])
    hidden.show()
    await rig.round(passEveryMs)
    await sweep(rig)
    expect(rig.gone()).toEqual([])
    expect(rig.shown()).toHaveLength(120)
    expect(rig.reader.detail(id)).not.toHaveProperty('goneAt')
  })

  it('marks at once what is looked at and not there, and takes the mark off when it is', async () => {
    const rig = await startPullRig({ flavour })
    const id = openAlert(rig)
    const hidden = hideAlerts(rig.hive.state, (alert) => alert.id === id)
    await rig.engine().lookAt(id)
    expect(rig.gone()).toEqual([id])
    hidden.show()
    await rig.round(20_000)
    await rig.engine().lookAt(id)
    expect(rig.gone()).toEqual([])
  })

  it('marks nothing when the server is suddenly empty, until a second pass ten minutes later says so too', async () => {
    const rig = await startPullRig({ flavour })
    hideAlerts(rig.hive.state, () => true)
    await sweep(rig)
    await rig.rounds(20)
    expect(rig.gone()).toEqual([])
    await rig.round(600_000)
    await rig.rounds(3)
    expect(rig.gone()).toHaveLength(120)
    expect(rig.shown()).toEqual([])
    expect(rig.reader.counts('ana@acme.example')).toMatchObject({ total: 120, views: { inbox: 0 } })
  })

  it('marks nothing when the server was empty for one pass only, however long ago that was', async () => {
    const rig = await startPullRig({ flavour })
    const hidden = hideAlerts(rig.hive.state, () => true)
    await sweep(rig)
    expect(rig.writer.marks().state).toMatchObject({ sweep: { waiting: true } })
    hidden.show()
    await rig.round(600_000)
    await rig.rounds(3)
    await rig.round(passEveryMs)
    await rig.rounds(3)
    expect(rig.gone()).toEqual([])
    expect(rig.writer.suspects(1_000)).toEqual([])
  })

  it('brings an alert that became visible with an old stamp', async () => {
    let hidden: ReturnType<typeof hideAlerts> | undefined
    const arrange = ({ state }: { state: HiveState }) =>
      (hidden = hideAlerts(state, (alert) => oldest(state).includes(alert)))
    const rig = await startPullRig({ flavour, arrange })
    expect(rig.shown().length).toBeLessThan(100)
    hidden?.show()
    await rig.round()
    expect(rig.shown().length).toBeLessThan(100)
    await sweep(rig)
    expect(rig.shown()).toHaveLength(120)
    await rig.rounds(12)
    for (const id of rig.shown()) {
      const { alert, observables } = rig.reader.detail(id) ?? expect.fail('no detail')
      expect(observables).toHaveLength(alert.observableCount)
    }
  })
})

it('a pass goes on after a restart where it was, one page a round', async () => {
  const rig = await startPullRig({ flavour: 'thehive3', alerts: 450 })
  const id = rig.shown().at(-1) ?? ''
  hideAlerts(rig.hive.state, (alert) => alert.id === id)
  await rig.round(countEveryMs)
  const { pass } = (rig.writer.marks().state as { sweep: { pass?: { cursor?: object } } }).sweep
  expect(pass?.cursor).toBeDefined()
  expect(rig.gone()).toEqual([])
  await rig.restart()
  await rig.rounds(2)
  expect(rig.gone()).toEqual([id])
})

it('a server that refuses the ids, or the trail, still takes decisions and brings changes', async () => {
  const rig = await startPullRig({ flavour: 'thehive5' })
  const id = openAlert(rig)
  rig.hive.faults.set({
    failNext: [{ match: { pathRegex: 'alert-ids' }, action: 'status', status: 500, times: 99 }],
  })
  await rig.round(passEveryMs)
  expect(rig.engine().status()).toMatchObject({ connection: 'online', problem: { kind: 'server-error' } })
  await rig.book.append([severity(id)])
  await rig.round()
  expect(rig.hive.effects()).toMatchObject({ [`update ${id} severity=4`]: 1 })
  expect(rig.engine().status()).toMatchObject({ connection: 'online' })
})

it('a trail that may not be read is done without', async () => {
  const rig = await startPullRig({ flavour: 'thehive4' })
  const id = openAlert(rig)
  rig.hive.faults.set({
    failNext: [{ match: { pathRegex: 'audit' }, action: 'status', status: 403, times: 99 }],
  })
  await rig.restart()
  await rig.colleague.deleteAlert(id, signal)
  await rig.round(passEveryMs)
  await rig.rounds(2)
  const struck = rig.hive.events().filter(({ fault }) => fault !== undefined)
  expect(struck.map(({ path }) => path)).toEqual(['/api/audit/_search'])
  expect(rig.gone()).toEqual([id])
})
