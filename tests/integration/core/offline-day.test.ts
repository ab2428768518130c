import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { anInput, plainMarks } from '#tests/support/make.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'
import { chosen } from '#tests/support/chosen.ts'

let hive: StandIn
let rig: CoreRig

beforeEach(async () => {
  hive = await startStandIn({ alerts: 200, seed: 1, validate: true })
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  await rig.filled()
})

afterEach(async () => {
  await rig.stop()
  await hive.stop()
})

/** Alerts an analyst may still decide about. */
const openRows = async () => (await rig.inbox(100)).filter((row) => row.caseId === undefined)

describe('a day without the server', () => {
  it('every decision made offline takes hold exactly once after coming back', async () => {
    await hive.goOffline('refuse')
    const rows = await openRows()
    const ids = rows.map((row) => row.id)
    const [first, second, third, fourth] = ids as [string, string, string, string]
    await rig.call('triage.update', { ids: [first], change: { status: 'Ignored' } })
    await rig.call('triage.update', { ids: [second], change: { severity: 4, addTags: ['seen'] } })
    const { caseId } = await rig.call('triage.promote', { id: second, choices: { title: 'From the train' } })
    await rig.call('triage.merge', { ids: [third, fourth], caseId })
    await rig.call('triage.comment', { id: second, message: 'looked at offline' })
    const file = join(rig.folder, 'note.txt')
    writeFileSync(file, 'evidence')
    const dropped = await rig.call('triage.addFiles', { id: second, paths: [file], marks: plainMarks })
    expect(dropped.files).toMatchObject([{ name: 'note.txt', size: 8 }])
    const values = [
      { dataType: 'ip', data: '192.0.2.77' },
      { dataType: 'domain', data: 'seen.example' },
    ]
    await rig.call('triage.addValues', { id: second, values, marks: plainMarks })
    const before = hive.events().length

    await hive.goOnline()
    await rig.call('sync.now', {})
    await rig.sent()

    const effects = hive.effects()
    expect(Object.values(effects).filter((count) => count !== 1)).toEqual([])
    const writes = hive
      .events()
      .slice(before)
      .filter((event) => event.effects.length > 0)
    expect(new Set(writes.map((event) => JSON.stringify([event.method, event.path, event.body]))).size).toBe(
      writes.length,
    )
    const detail = await rig.call('alerts.get', { id: third })
    expect(detail.case?.title).toContain('From the train')
    expect(detail.case?.number).toBeGreaterThan(0)
    expect(hive.violations()).toEqual([])
  })

  it('decisions survive the death of the process and show at once after the start', async () => {
    await hive.goOffline('refuse')
    const [row] = await openRows()
    await rig.call('triage.update', {
      ids: [row!.id],
      change: { severity: 4, title: 'Changed on the train' },
    })
    await rig.kill()
    rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' }, folder: rig.folder })
    const detail = await rig.call('alerts.get', { id: row!.id })
    expect(detail.alert).toMatchObject({ severity: 4, title: 'Changed on the train' })
    expect(detail.pending).toHaveLength(1)
  })

  it('what was undone in time never reaches the server', async () => {
    const [row] = await openRows()
    const { groupId } = await rig.call('triage.update', { ids: [row!.id], change: { severity: 4 } })
    expect(await rig.call('outbox.undo', { groupId })).toEqual({ count: 1 })
    await rig.sent()
    expect(hive.effects()).toEqual({})
    await until('the row shows the server’s value', async () => {
      const { alert } = await rig.call('alerts.get', { id: row!.id })
      return alert.severity === row!.severity
    })
  })

  it('a colleague’s edit of the same field waits for the analyst; theirs and mine are both shown', async () => {
    const [row] = await openRows()
    await rig.call('sync.workOffline', { offline: true })
    await rig.call('triage.update', { ids: [row!.id], change: { severity: 4 } })
    const theirs = row!.severity === 1 ? 3 : 1
    await fetch(`${hive.url}/api/v1/alert/${row!.id}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer ben-key', 'content-type': 'application/json' },
      body: JSON.stringify({ severity: theirs }),
    })
    await rig.call('outbox.sendNow', {})
    await rig.call('sync.workOffline', { offline: false })
    await until('the conflict is noticed', async () => (await rig.status()).needAttention === 1)
    const [line] = await rig.call('outbox.list', { receipts: 0 })
    expect(line).toMatchObject({ state: 'conflict', conflicts: [{ field: 'severity', mine: 4, theirs }] })
    await rig.call('outbox.resolve', chosen(line!, 'mine'))
    await rig.sent()
    expect((await rig.call('alerts.get', { id: row!.id })).alert.severity).toBe(4)
  })

  it('an alert created by hand is queued, and its twin is refused with a link', async () => {
    const input = anInput()
    const { alertId } = await rig.call('alerts.create', {
      input,
      values: [{ dataType: 'ip', data: '192.0.2.9' }],
    })
    await expect(rig.call('alerts.create', { input, values: [] })).rejects.toMatchObject({
      kind: 'conflict',
      details: { twinId: alertId },
    })
    await rig.sent()
    const { alert, observables } = await rig.call('alerts.get', { id: alertId })
    expect(alert.id).toMatch(/^~/)
    expect(observables).toMatchObject([{ data: '192.0.2.9' }])
  })

  it('an alert whose reference a colleague took first gets another one, and what was built on it follows', async () => {
    await hive.goOffline('refuse')
    const values = [{ dataType: 'ip', data: '192.0.2.9' }]
    const { alertId } = await rig.call('alerts.create', { input: anInput(), values })
    await rig.call('triage.comment', { id: alertId, message: 'Called back' })
    await hive.goOnline()
    const theirs = await fetch(`${hive.url}/api/v1/alert`, {
      method: 'POST',
      headers: { authorization: 'Bearer ben-key', 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'manual',
        source: 'phone',
        sourceRef: 'ref-7',
        title: 'Theirs',
        description: '',
      }),
    })
    expect(theirs.status).toBe(201)
    await rig.call('outbox.sendNow', {})
    await until('it is refused', async () => (await rig.status()).needAttention === 1)
    const [line] = await rig.call('outbox.list', { receipts: 0 })
    expect(line).toMatchObject({ kind: 'alert.create', editable: true, lastError: { kind: 'conflict' } })

    const { edit } = await rig.call('outbox.get', { id: line!.id })
    const key = { type: 'manual', source: 'phone', sourceRef: 'ref-7' }
    expect(edit).toEqual({ kind: 'alert.create', key })
    const wanted = { kind: 'alert.create', key: { ...key, sourceRef: 'ref-8' } } as const
    await rig.call('outbox.edit', { id: line!.id, edit: wanted })
    await rig.sent()
    const { alert, observables, comments } = await rig.call('alerts.get', { id: alertId })
    expect(alert).toMatchObject({ sourceRef: 'ref-8', title: 'A call', createdBy: 'ana@acme.example' })
    expect(observables).toMatchObject([{ data: '192.0.2.9' }])
    expect(comments).toMatchObject([{ message: 'Called back' }])
  })

  it('a damaged local copy is set aside, refilled, and said so; what waited is still there', async () => {
    await hive.goOffline('refuse')
    const [row] = await openRows()
    await rig.call('triage.update', { ids: [row!.id], change: { severity: 4 } })
    await rig.kill()
    writeFileSync(join(rig.folder, 'cache.sqlite'), 'not a database at all')
    await hive.goOnline()
    rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' }, folder: rig.folder })
    expect((await rig.remote.current())?.notices).toMatchObject([
      { kind: 'corrupt', next: expect.any(String) as string },
    ])
    await rig.filled()
    await rig.sent()
    expect((await rig.call('alerts.get', { id: row!.id })).alert.severity).toBe(4)
    expect(Object.values(hive.effects())).toEqual([1])
  })

  it('files still waiting survive a restart; those the server has are no longer kept', async () => {
    await hive.goOffline('refuse')
    const [row] = await openRows()
    const file = join(rig.folder, 'sample.bin')
    writeFileSync(file, 'MZ evidence')
    await rig.call('triage.addFiles', { id: row!.id, paths: [file], marks: plainMarks })
    rmSync(file)
    const restart = async () => {
      await rig.kill()
      rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' }, folder: rig.folder })
    }
    await restart()
    expect(readdirSync(join(rig.folder, 'specimens'))).toHaveLength(1)
    await hive.goOnline()
    await rig.call('sync.now', {})
    await rig.sent()
    expect(Object.values(hive.effects())).toEqual([1])
    await restart()
    expect(readdirSync(join(rig.folder, 'specimens'))).toEqual([])
  })
})
