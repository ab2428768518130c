import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { anInput, plainMarks } from '#tests/support/make.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function connected(flavour: 'thehive3' | 'thehive4'): Promise<{ hive: StandIn; rig: CoreRig }> {
  const hive = await startStandIn({ flavour, alerts: 120, seed: 1 })
  stops.push(() => hive.stop())
  const red = { type: 't', source: 's', sourceRef: 'r', title: 'Marked red', description: '', tlp: 3 }
  await fetch(`${hive.url}/api/alert`, {
    method: 'POST',
    headers: { authorization: 'Bearer ana-key', 'content-type': 'application/json' },
    body: JSON.stringify({ ...red, artifacts: [{ dataType: 'ip', data: '192.0.2.1', tags: [] }] }),
  })
  const rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  stops.push(() => rig.stop())
  await rig.filled()
  return { hive, rig }
}

describe.each(['thehive3', 'thehive4'] as const)('a copy of a %s', (flavour) => {
  it('has its alerts with their observables, and calls the number 3 red', async () => {
    const { rig } = await connected(flavour)
    expect((await rig.remote.current())?.session).toMatchObject({ flavour })
    const rows = await rig.inbox(200)
    const details = await Promise.all(rows.map(({ id }) => rig.call('alerts.get', { id })))
    expect(details.find(({ alert }) => alert.title === 'Marked red')?.alert.tlp).toBe('red')
    expect(details.filter(({ alert }) => alert.tlp === 'amber-strict')).toEqual([])
    for (const { alert, observables } of details) expect(observables).toHaveLength(alert.observableCount)
    expect(details.some(({ observables }) => observables.length > 1)).toBe(true)
  })

  it('sends every decision made offline exactly once', async () => {
    const { hive, rig } = await connected(flavour)
    await hive.goOffline('refuse')
    const ids = (await rig.inbox(100)).filter(({ caseId }) => caseId === undefined).map(({ id }) => id)
    const [seen, promoted, merged] = ids as [string, string, string]
    await rig.call('triage.read', { ids: [seen], read: true })
    await rig.call('triage.update', { ids: [promoted], change: { severity: 4, addTags: ['seen'] } })
    const values = [{ dataType: 'ip', data: '192.0.2.77' }]
    await rig.call('triage.addValues', { id: promoted, values, marks: plainMarks })
    const { caseId } = await rig.call('triage.promote', { id: promoted, choices: {} })
    await rig.call('triage.merge', { ids: [merged], caseId })
    const paths = [join(rig.folder, 'note.txt')]
    writeFileSync(paths[0]!, 'evidence')
    // TheHive 3 takes a file with a new alert only.
    const holder =
      flavour === 'thehive3' ? (await rig.call('alerts.create', { input: anInput(), paths })).alertId : seen
    if (holder === seen) await rig.call('triage.addFiles', { id: seen, paths, marks: plainMarks })

    await hive.goOnline()
    await rig.call('sync.now', {})
    await rig.sent()

    expect(Object.entries(hive.effects()).filter(([, count]) => count !== 1)).toEqual([])
    const read = await rig.call('alerts.get', { id: seen })
    expect(read.alert).toMatchObject({ status: 'Ignored', stage: 'Closed', read: true })
    const held = await rig.call('alerts.get', { id: holder })
    expect(held.observables.map(({ attachment }) => attachment?.name)).toContain('note.txt')
    const detail = await rig.call('alerts.get', { id: promoted })
    expect(detail.alert).toMatchObject({ severity: 4, stage: 'Imported' })
    expect(detail.observables.map(({ data }) => data)).toContain('192.0.2.77')
    expect((await rig.call('alerts.get', { id: merged })).alert.caseId).toBe(detail.alert.caseId)
  })
})

describe.each(['thehive3', 'thehive4'] as const)('a case of a %s that was made offline', (flavour) => {
  it('is renamed, closed and its alert marked unread offline too, and nothing of that is a conflict', async () => {
    const { hive, rig } = await connected(flavour)
    await hive.goOffline('refuse')
    const [alert] = (await rig.inbox(100)).filter(({ caseId }) => caseId === undefined)
    const choices = { caseTemplate: 'phishing' }
    const promoted = await rig.call('triage.promote', { id: alert!.id, choices })
    const words = { title: 'Opened by hand', description: '', ...choices }
    const opened = await rig.call('cases.create', { input: words })
    await rig.call('triage.read', { ids: [alert!.id], read: false })
    const ids = [promoted.caseId, opened.caseId]
    for (const id of ids) {
      const seen = await rig.call('cases.get', { id })
      expect(seen.case).toMatchObject({ status: 'Open', stage: 'InProgress' })
      await rig.call('cases.update', { ids: [id], change: { title: `${seen.case.title}, closed` } })
    }
    await rig.call('cases.update', { ids, change: { status: 'FalsePositive' } })

    await hive.goOnline()
    await rig.sent()

    const pending = await rig.call('outbox.list', { receipts: 0 })
    expect(pending).toEqual([])
    const { alert: after } = await rig.call('alerts.get', { id: alert!.id })
    expect(after).toMatchObject({ status: 'Updated', read: false })
    for (const id of ids) {
      const { case: closed } = await rig.call('cases.get', { id })
      expect(closed).toMatchObject({ status: 'FalsePositive', title: expect.stringMatching(/closed$/) })
    }
  })
})

it('a copy of a TheHive 4 that is too old opens, and says why nothing is fetched or sent', async () => {
  const { hive, rig } = await connected('thehive4')
  const [first] = await rig.inbox(1)
  await rig.remote.close()
  await hive.stop()
  const port = Number(new URL(hive.url).port)
  const older = await startStandIn({ flavour: 'thehive4', version: '4.0.5', port })
  stops.push(() => older.stop())
  await rig.open()
  await until('the server was tried', async () => (await rig.status()).problem !== undefined)
  expect(await rig.status()).toMatchObject({
    connection: 'refused',
    problem: { message: expect.stringMatching(/This is TheHive 4\.0\.5/), details: { tooOld: '4.0.5' } },
  })
  expect(await rig.inbox(1)).toEqual([first])
  expect(older.events().filter(({ user }) => user !== undefined)).toEqual([])
})

it('completes an alert whose large file did not arrive with it', async () => {
  const { hive, rig } = await connected('thehive4')
  const artifacts = { method: 'POST', pathRegex: '/artifact$' }
  hive.faults.set({ failNext: [{ match: artifacts, action: 'status', status: 503 }] })
  const file = join(rig.folder, 'large.bin')
  writeFileSync(file, Buffer.alloc(400_000, 'x'))
  const { alertId } = await rig.call('alerts.create', {
    input: anInput({ title: 'With evidence' }),
    values: [{ dataType: 'ip', data: '192.0.2.9' }],
    paths: [file],
    marks: plainMarks,
  })
  await rig.sent()
  expect(Object.entries(hive.effects()).filter(([, count]) => count !== 1)).toEqual([])
  const { observables } = await rig.call('alerts.get', { id: alertId })
  expect(observables.map(({ data, attachment }) => data ?? attachment?.name).sort()).toEqual([
    '192.0.2.9',
    'large.bin',
  ])
})
