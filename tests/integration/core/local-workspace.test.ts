import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { cachePath } from '#main/store/profile-files.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { anInput, plainMarks } from '#tests/support/make.ts'
import { breakPages } from '#tests/support/store/break-file.ts'

let rig: CoreRig

afterEach(() => rig.stop())

describe('a workspace without a server', () => {
  it('opens the sample queue with observables and cases to merge into', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const rows = await rig.inbox(100)
    expect(rows).toHaveLength(60)
    const detail = await rig.call('alerts.get', { id: rows[0]!.id })
    expect(detail.observables).toHaveLength(detail.alert.observableCount)
    expect(await rig.call('cases.search', { text: '', limit: 10 })).toHaveLength(2)
  })

  it('decisions take hold with authority once the undo window has passed', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [first, second] = await rig.inbox(2)
    const { caseId } = await rig.call('triage.promote', {
      id: first!.id,
      choices: { caseTemplate: 'malware' },
    })
    await rig.call('triage.merge', { ids: [second!.id], caseId })
    await rig.call('triage.comment', { id: first!.id, message: 'kept here' })
    const values = [{ dataType: 'ip', data: '192.0.2.1' }]
    await rig.call('triage.addValues', { id: first!.id, values, marks: plainMarks })
    await rig.sent()
    const {
      alert,
      case: made,
      comments,
      observables,
      pending,
    } = await rig.call('alerts.get', { id: first!.id })
    expect(pending).toEqual([])
    expect(alert).toMatchObject({ stage: 'Imported', caseId: made!.id, observableCount: observables.length })
    expect(made).toMatchObject({ number: 3, tags: expect.arrayContaining(['malware']) as string[] })
    expect(made!.title).toMatch(/^\[Malware\] /)
    expect(comments).toMatchObject([{ message: 'kept here' }])
    expect((await rig.call('alerts.get', { id: second!.id })).alert.caseId).toBe(made!.id)
  })

  it('a case keeps the tasks that its template promised, promoted or opened', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [first] = await rig.inbox(1)
    const choices = { caseTemplate: 'malware', tasks: [{ title: 'Call back' }] }
    const promoted = await rig.call('triage.promote', { id: first!.id, choices })
    const input = { title: 'Mine', description: '', caseTemplate: 'phishing' }
    const opened = await rig.call('cases.create', { input })
    const titles = async (id: string) => {
      const { tasks } = await rig.call('cases.get', { id })
      return tasks.map(({ title }) => title)
    }
    const ofPhishing = ['Find all recipients', 'Block sender and links', 'Reset exposed credentials']
    const ofMalware = ['Isolate the host', 'Collect the sample', 'Look for it elsewhere']
    for (const when of ['while they wait', 'once they took hold']) {
      expect(await titles(promoted.caseId), when).toEqual([...ofMalware, 'Call back'])
      expect(await titles(opened.caseId), when).toEqual(ofPhishing)
      await rig.sent()
    }
  })

  it('what is decided about a value that was there already is about the one that stays', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [id] = (await rig.inbox(1)).map((row) => row.id) as [string]
    const values = [{ dataType: 'ip', data: '192.0.2.1' }]
    await rig.call('triage.addValues', { id, values, marks: plainMarks })
    await rig.sent()
    await rig.call('triage.addValues', { id, values, marks: plainMarks })
    const pending = (await rig.call('alerts.get', { id })).observables.find((one) => one.pending)
    const change = { addTags: ['c2'], ioc: true }
    await rig.call('triage.updateObservables', { id, observableIds: [pending!.id], change })
    await rig.sent()
    const { observables } = await rig.call('alerts.get', { id })
    const there = observables.filter(({ data }) => data === '192.0.2.1')
    expect(there).toMatchObject([{ tags: ['c2'], ioc: true }])
  })

  it('shows a decision to whoever asks for rows right after it, however busy the copy is', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const rows = await rig.inbox(100)
    const ids = rows.map((row) => row.id)
    const pks = rows.map((row) => row.pk)
    for (const status of ['Ignored', 'FalsePositive', 'New']) {
      await rig.call('triage.update', { ids, change: { status } })
      const after = await rig.call('queue.rows', { pks, decided: true })
      expect(new Set(after.map((row) => row.status))).toEqual(new Set([status]))
    }
  })

  it('keeps everything through a crash', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [row] = await rig.inbox(1)
    await rig.call('triage.update', { ids: [row!.id], change: { status: 'Ignored', summary: 'noise' } })
    await rig.kill()
    rig = await startCoreRig({ kind: 'sample', folder: rig.folder })
    expect((await rig.call('alerts.get', { id: row!.id })).alert).toMatchObject({
      stage: 'Closed',
      summary: 'noise',
    })
    await rig.sent()
    expect((await rig.call('alerts.get', { id: row!.id })).alert).toMatchObject({
      stage: 'Closed',
      summary: 'noise',
    })
  })

  it('that comes back from its backup has what was decided since: the outbox knows it', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [decided, promoted, undecided] = (await rig.inbox(3)).map(({ id }) => id) as [
      string,
      string,
      string,
    ]
    await rig.call('triage.update', { ids: [decided], change: { status: 'FalsePositive' } })
    await rig.sent()
    // Only now a backup is made.
    await rig.remote.close()
    await rig.open()
    for (const status of ['Ignored', 'Duplicated']) {
      await rig.call('triage.update', { ids: [decided], change: { status } })
      await rig.sent()
    }
    const { caseId } = await rig.call('triage.promote', { id: promoted, choices: {} })
    await rig.sent()
    await rig.call('triage.comment', { id: undecided, message: 'waits' })
    await rig.kill()
    breakPages(cachePath(rig.folder), 0)
    rig = await startCoreRig({ kind: 'sample', folder: rig.folder })

    expect((await rig.remote.current())?.notices).toMatchObject([
      { did: expect.stringContaining('took hold again') as string },
    ])
    expect((await rig.call('alerts.get', { id: decided })).alert.status).toBe('Duplicated')
    expect(await rig.call('alerts.get', { id: promoted })).toMatchObject({ case: { id: caseId, number: 3 } })
    expect((await rig.call('alerts.get', { id: undecided })).comments).toMatchObject([{ message: 'waits' }])
  })

  it('every other decision takes hold as well', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [id, gone] = (await rig.inbox(2)).map((row) => row.id) as [string, string]
    const file = join(rig.folder, 'note.txt')
    writeFileSync(file, 'evidence')
    await rig.call('triage.addFiles', { id, paths: [file], marks: plainMarks })
    await rig.call('triage.addAttachments', { id, paths: [file] })
    const { techniques } = await rig.call('catalog.get', {})
    const input = { patternId: techniques[0]!.patternId, occurDate: 5_000 }
    await rig.call('triage.addProcedure', { id, input })
    await rig.call('triage.follow', { ids: [id], follow: false })
    const { caseId } = await rig.call('cases.create', { input: { title: 'Mine', description: '' } })
    await rig.call('cases.update', { ids: [caseId], change: { status: 'Other' } })
    await rig.call('triage.import', { ids: [id], caseId })
    await rig.call('triage.delete', { ids: [gone] })
    await rig.sent()
    const detail = await rig.call('alerts.get', { id })
    expect(detail).toMatchObject({
      alert: { follow: false, caseId },
      procedures: [{ patternId: input.patternId }],
      attachments: [{ name: 'note.txt' }],
      case: { number: 3, title: 'Mine', stage: 'Closed' },
      pending: [],
    })
    await expect(rig.call('alerts.get', { id: gone })).rejects.toMatchObject({ kind: 'not-found' })
    const observableId = detail.observables.find(({ attachment }) => attachment !== undefined)!.id
    const path = join(rig.folder, 'saved.txt')
    expect(await rig.remote.saveFile({ id, observableId, as: 'file', path })).toEqual({ path, size: 8 })
    await expect(rig.call('alerts.similar', { id })).resolves.toEqual({ cases: [], alerts: [] })
    await rig.remote.close()
    await rig.open()
    expect(await rig.call('strays.list', {})).toEqual([])
  })

  it('an alert made by hand is there, and the same one again is refused with its id', async () => {
    rig = await startCoreRig({})
    const input = anInput()
    const { alertId } = await rig.call('alerts.create', { input, values: [] })
    await rig.sent()
    expect(await rig.inbox(5)).toMatchObject([{ id: alertId, title: input.title }])
    await expect(rig.call('alerts.create', { input, values: [] })).rejects.toMatchObject({
      details: { twinId: alertId },
    })
  })

  it('a second Forager on the same workspace is told so', async () => {
    rig = await startCoreRig({})
    await expect(startCoreRig({ folder: rig.folder })).rejects.toMatchObject({ kind: 'locked' })
  })

  it('that could not be opened opens once the cause is gone, in the same Forager', async () => {
    rig = await startCoreRig({})
    await rig.remote.close()
    const outbox = join(rig.folder, 'outbox.sqlite')
    renameSync(outbox, `${outbox}.kept`)
    mkdirSync(outbox)
    await expect(rig.open()).rejects.toThrow()
    rmdirSync(outbox)
    renameSync(`${outbox}.kept`, outbox)
    await rig.open()
    expect(await rig.inbox(5)).toEqual([])
  })

  it('closes and lets go of the workspace even when its backup cannot be written', async () => {
    rig = await startCoreRig({})
    const backup = join(rig.folder, 'outbox.backup.sqlite')
    rmSync(backup, { force: true })
    mkdirSync(join(backup, 'in the way'), { recursive: true })
    await expect(rig.remote.close()).rejects.toThrow()
    rmSync(backup, { recursive: true })
    await rig.open()
    expect(await rig.inbox(5)).toEqual([])
  })
})
