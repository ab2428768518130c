import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { anInput, plainMarks } from '#tests/support/make.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

let hive: StandIn
let rig: CoreRig

afterEach(async () => {
  await rig.stop()
  await hive.stop()
})

const servers = [
  ['thehive3', '3.5.2'],
  ['thehive4', '4.1.24'],
] as const

describe.each(servers)('on %s %s', (flavour, version) => {
  const connected = async () => {
    hive = await startStandIn({ alerts: 40, seed: 1, flavour, version })
    rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
    await rig.filled()
    const rows = (await rig.inbox(40)).filter((row) => row.caseId === undefined)
    return rows.map((row) => row.id) as [string, string, string, string]
  }
  const once = () => expect(Object.values(hive.effects()).filter((count) => count !== 1)).toEqual([])

  it('read and follow marks, links to a case, a deletion: decided offline, done once', async () => {
    const [read, followed, promoted, gone] = await connected()
    await hive.goOffline('refuse')
    await rig.call('triage.read', { ids: [read], read: true })
    await rig.call('triage.follow', { ids: [followed], follow: false })
    const { caseId } = await rig.call('triage.promote', { id: promoted, choices: {} })
    await rig.call('triage.merge', { ids: [followed], caseId })
    await rig.call('triage.delete', { ids: [gone] })
    await hive.goOnline()
    await rig.call('sync.now', {})
    await rig.sent()
    expect((await rig.call('alerts.get', { id: read })).alert).toMatchObject({
      read: true,
      status: 'Ignored',
    })
    const merged = await rig.call('alerts.get', { id: followed })
    expect(merged.alert).toMatchObject({ follow: false, stage: 'Imported' })
    expect(merged.case?.number).toBeGreaterThan(0)
    await expect(rig.call('alerts.get', { id: gone })).rejects.toMatchObject({ kind: 'not-found' })
    once()
  })

  it('the cases that share its observables are counted by the server, and taken along', async () => {
    const [first, second] = await connected()
    const values = [{ dataType: 'ip', data: '192.0.2.201' }]
    for (const id of [first, second]) await rig.call('triage.addValues', { id, values, marks: plainMarks })
    await rig.call('triage.promote', { id: first, choices: {} })
    await rig.sent()
    const { caseId } = (await rig.call('alerts.get', { id: first })).alert
    const counted = await rig.call('alerts.similar', { id: second })
    expect(counted.cases.map((one) => one.case.id)).toContain(caseId)
    expect(counted.alerts).toEqual([])
    const view = { name: 'All', filter: { op: 'any' } } as const
    await rig.call('pack.start', { views: [view], days: 0, similar: true, filesUpTo: 0 })
    const state = async () => rig.call('pack.status', {})
    await until('all is taken along', async () => (await state()).state === 'ready', 40_000)
    expect(await state()).toMatchObject({ missing: 0, failed: 0 })
    await hive.goOffline('refuse')
    const kept = await rig.call('alerts.similar', { id: second })
    expect(kept).toMatchObject({ ...counted, asOf: expect.any(Number) })
  })

  it('a new alert with a value and a file, and a change of the value decided before it was there', async () => {
    await connected()
    await hive.goOffline('refuse')
    const path = join(rig.folder, 'note.txt')
    writeFileSync(path, 'evidence')
    const values = [{ dataType: 'ip', data: '192.0.2.9' }]
    const given = { input: anInput(), values, marks: plainMarks, paths: [path] }
    const { alertId } = await rig.call('alerts.create', given)
    const { observables } = await rig.call('alerts.get', { id: alertId })
    const observableIds = observables.flatMap((one) => (one.data === undefined ? [] : [one.id]))
    const change = { ioc: true }
    await rig.call('triage.updateObservables', { id: alertId, observableIds, change })
    await hive.goOnline()
    await rig.call('sync.now', {})
    await rig.sent()
    const detail = await rig.call('alerts.get', { id: alertId })
    expect(detail.alert.observableCount).toBe(2)
    expect(detail.observables.find(({ data }) => data !== undefined)).toMatchObject({ ioc: true })
    expect(detail.observables.map(({ attachment }) => attachment?.name)).toContain('note.txt')
    once()
  })

  it('what it has no place for is refused in its own words, before anything is queued', async () => {
    const [id] = await connected()
    await expect(rig.call('triage.comment', { id, message: 'x' })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const path = join(rig.folder, 'note.txt')
    writeFileSync(path, 'evidence')
    const late = rig.call('triage.addFiles', { id, paths: [path], marks: plainMarks })
    if (flavour === 'thehive3')
      await expect(late).rejects.toMatchObject({
        kind: 'forbidden',
        message: 'TheHive 3 takes files with a new alert only.',
      })
    else await rig.call('outbox.undo', { groupId: (await late).groupId })
    const change = { status: 'Ignored' }
    await expect(rig.call('triage.update', { ids: [id], change })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    expect(await rig.call('outbox.list', { receipts: 0 })).toEqual([])
  })
})
