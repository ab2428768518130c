import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallOutput } from '#shared/contract/contract.ts'
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
  hive = await startStandIn({ alerts: 40, seed: 1, validate: true })
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  await rig.filled()
})

afterEach(async () => {
  await rig.stop()
  await hive.stop()
})

type Detail = CallOutput<'alerts.get'>

const detail = (id: string): Promise<Detail> => rig.call('alerts.get', { id })
const caseOf = (id: string) => rig.call('cases.get', { id })
const firstFree = async () => (await rig.inbox(40)).find((row) => row.caseId === undefined)!.id

function fileNamed(name: string, text: string): string {
  const path = join(rig.folder, name)
  writeFileSync(path, text)
  return path
}

/** Every write took hold once, and the server found nothing wrong with any request. */
function expectOnce(): void {
  expect(Object.values(hive.effects()).filter((count) => count !== 1)).toEqual([])
  expect(hive.violations()).toEqual([])
}

async function offline(work: () => Promise<void>): Promise<void> {
  await hive.goOffline('refuse')
  await work()
  await hive.goOnline()
  await rig.call('sync.now', {})
  await rig.sent()
}

describe('decided offline, done once after coming back', () => {
  it('a new alert with values, a file and custom fields, and what was decided about them since', async () => {
    let alertId = ''
    await offline(async () => {
      const made = await rig.call('alerts.create', {
        input: anInput(),
        values: [
          { dataType: 'ip', data: '192.0.2.9' },
          { dataType: 'domain', data: 'bad.example' },
        ],
        marks: { ...plainMarks, tags: ['manual'] },
        paths: [fileNamed('note.txt', 'evidence')],
      })
      alertId = made.alertId
      const { observables } = await detail(alertId)
      const [ip, domain] = ['192.0.2.9', 'bad.example'].map(
        (data) => observables.find((one) => one.data === data)!.id,
      )
      const change = { ioc: true, addTags: ['c2'] }
      await rig.call('triage.updateObservables', { id: alertId, observableIds: [ip!], change })
      await rig.call('triage.deleteObservables', { id: alertId, observableIds: [domain!] })
    })
    const { alert, observables } = await detail(alertId)
    expect(alert).toMatchObject({ observableCount: 2 })
    expect(alert.id).toMatch(/^~/)
    expect(observables.find(({ data }) => data === '192.0.2.9')).toMatchObject({
      ioc: true,
      tags: expect.arrayContaining(['c2', 'manual']) as string[],
    })
    expect(observables.map(({ attachment }) => attachment?.name)).toContain('note.txt')
    expectOnce()
  })

  it('comments, procedures and attachments, edited and deleted before anybody else saw them', async () => {
    const id = await firstFree()
    await offline(async () => {
      await rig.call('triage.comment', { id, message: 'frist' })
      await rig.call('triage.comment', { id, message: 'never mind' })
      await rig.call('triage.addAttachments', { id, paths: [fileNamed('report.txt', 'report')] })
      const { techniques } = await rig.call('catalog.get', {})
      const input = {
        patternId: techniques[0]!.patternId,
        tactic: techniques[0]!.tactics[0]!,
        occurDate: 5_000,
      }
      await rig.call('triage.addProcedure', { id, input })
      const { comments, procedures } = await detail(id)
      const local = (message: string) => comments.find((one) => one.message === message)!.id
      await rig.call('triage.editComment', { id, commentId: local('frist'), message: 'first' })
      await rig.call('triage.deleteComment', { id, commentId: local('never mind') })
      const procedureId = procedures.find(({ pending }) => pending)!.id
      await rig.call('triage.editProcedure', { id, procedureId, change: { description: 'by mail' } })
    })
    const { comments, procedures, attachments, pending } = await detail(id)
    expect(pending).toEqual([])
    expect(comments.map(({ message }) => message)).toContain('first')
    expect(comments.map(({ message }) => message)).not.toContain('never mind')
    expect(procedures).toContainEqual(expect.objectContaining({ description: 'by mail' }))
    expect(attachments).toContainEqual(expect.objectContaining({ name: 'report.txt', size: 6 }))
    expectOnce()
    const attachmentId = attachments[0]!.id
    await rig.call('triage.deleteAttachment', { id, attachmentId })
    expect((await detail(id)).attachments).toEqual([])
    await rig.sent()
    expectOnce()
  })

  it('a value deleted before it was sent, which a colleague adds meanwhile: theirs stays', async () => {
    const id = await firstFree()
    const there = async () =>
      (await detail(id)).observables.map(({ data, createdBy }) => ({ data, createdBy }))
    await rig.call('sync.workOffline', { offline: true })
    const values = ['192.0.2.77', '192.0.2.78'].map((data) => ({ dataType: 'ip', data }))
    await rig.call('triage.addValues', { id, values, marks: plainMarks })
    const { observables } = await detail(id)
    const ours = observables.find(({ data }) => data === '192.0.2.77')!
    await rig.call('triage.deleteObservables', { id, observableIds: [ours.id] })
    expect((await there()).map(({ data }) => data)).not.toContain('192.0.2.77')
    await fetch(`${hive.url}/api/v1/alert/${id}/observable`, {
      method: 'POST',
      headers: { authorization: 'Bearer ben-key', 'content-type': 'application/json' },
      body: JSON.stringify({ dataType: 'ip', data: ['192.0.2.77'] }),
    })
    await rig.call('sync.workOffline', { offline: false })
    await rig.sent()
    expect(await there()).toEqual(
      expect.arrayContaining([
        { data: '192.0.2.77', createdBy: expect.stringContaining('ben') as string },
        { data: '192.0.2.78', createdBy: expect.stringContaining('ana') as string },
      ]),
    )
    expectOnce()
  })

  it('a case of its own, changed and filled before the server had it; an alert taken out of it again', async () => {
    const id = await firstFree()
    let made = ''
    await offline(async () => {
      const input = { title: 'From the train', description: '', tags: ['mail'] }
      const { caseId } = await rig.call('cases.create', { input })
      made = caseId
      await rig.call('cases.update', { ids: [caseId], change: { severity: 4, addTags: ['wave'] } })
      await rig.call('triage.import', { ids: [id], caseId })
      expect(await caseOf(caseId)).toMatchObject({
        case: { severity: 4, pending: true },
        pending: [{ kind: 'case.create' }, { kind: 'case.update' }, { kind: 'alert.import' }],
      })
    })
    const { case: known } = await rig.call('cases.get', { id: made })
    expect(known).toMatchObject({ title: 'From the train', severity: 4 })
    expect(new Set(known.tags)).toEqual(new Set(['mail', 'wave']))
    expect((await detail(id)).alert).toMatchObject({ caseId: known.id, stage: 'Imported' })
    await rig.call('triage.unlink', { id })
    expect((await detail(id)).alert).toMatchObject({ stage: 'New' })
    await rig.sent()
    expect((await detail(id)).alert).not.toHaveProperty('caseId')
    expectOnce()
  })

  it('a deletion shows as going, can be taken back, and ends in nothing', async () => {
    const id = await firstFree()
    const { groupId } = await rig.call('triage.delete', { ids: [id] })
    const going = async () => (await rig.inbox(40)).find((row) => row.id === id)?.going === true
    await until('it is going', going)
    await rig.call('outbox.undo', { groupId })
    await until('it stays', async () => !(await going()))
    await rig.call('triage.delete', { ids: [id] })
    await rig.sent()
    await until('the row has left', async () => (await rig.inbox(40)).every((row) => row.id !== id))
    await expect(detail(id)).rejects.toMatchObject({ kind: 'not-found' })
    expectOnce()
  })
})

describe('what the server has', () => {
  it('a case opened shows its tasks', async () => {
    const { caseTemplates } = await rig.call('catalog.get', {})
    const template = caseTemplates.find(({ taskTitles }) => taskTitles.length > 0)!
    const id = await firstFree()
    const { caseId } = await rig.call('triage.promote', { id, choices: { caseTemplate: template.name } })
    await rig.sent()
    await until('the tasks are there', async () => {
      const titles = (await caseOf(caseId)).tasks.map(({ title }) => title)
      return titles.length > 0 && titles.every((title) => template.taskTitles.includes(title))
    })
  })

  it('similar alerts and cases are asked for now, and are offline when it is', async () => {
    const id = await firstFree()
    const similar = await rig.call('alerts.similar', { id })
    expect(similar.alerts.every(({ alert }) => alert.id !== id)).toBe(true)
    await hive.goOffline('refuse')
    await rig.call('sync.workOffline', { offline: true })
    await expect(rig.call('alerts.similar', { id })).rejects.toMatchObject({ kind: 'offline' })
  })

  it('the file of an observable is saved whole where it was asked for, or as a protected zip', async () => {
    const id = await firstFree()
    const paths = [fileNamed('sample.bin', 'MZ evidence')]
    await rig.call('triage.addFiles', { id, paths, marks: plainMarks })
    await rig.sent()
    const { observables } = await detail(id)
    const observableId = observables.find(({ attachment }) => attachment?.name === 'sample.bin')!.id
    const request = { id, observableId, as: 'file' } as const
    expect(await rig.remote.nameToSave({ ...request, as: 'zip' })).toBe('sample.bin.zip')
    const path = join(rig.folder, 'saved.bin')
    expect(await rig.remote.saveFile({ ...request, path })).toEqual({ path, size: 11 })
    expect(readFileSync(path, 'utf8')).toBe('MZ evidence')
    const zip = join(rig.folder, 'saved.zip')
    await rig.remote.saveFile({ ...request, as: 'zip', path: zip })
    expect(readFileSync(zip).subarray(0, 2).toString()).toBe('PK')
    const nowhere = join(rig.folder, 'no such folder', 'saved.bin')
    await expect(rig.remote.saveFile({ ...request, path: nowhere })).rejects.toMatchObject({
      next: 'Choose another folder.',
    })
  })

  it('a colleague’s comment is not overwritten unseen', async () => {
    const id = await firstFree()
    await rig.call('triage.comment', { id, message: 'first' })
    await rig.sent()
    const { comments } = await detail(id)
    const commentId = comments.find(({ message }) => message === 'first')!.id
    await rig.call('sync.workOffline', { offline: true })
    await rig.call('triage.editComment', { id, commentId, message: 'mine' })
    await fetch(`${hive.url}/api/v1/comment/${commentId}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer ana-key', 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'theirs' }),
    })
    await rig.call('outbox.sendNow', {})
    await rig.call('sync.workOffline', { offline: false })
    await until('the conflict is noticed', async () => (await rig.status()).needAttention === 1)
    const [line] = await rig.call('outbox.list', { receipts: 0 })
    expect(line).toMatchObject({ conflicts: [{ field: 'message', mine: 'mine', theirs: 'theirs' }] })
    await rig.call('outbox.resolve', chosen(line!, 'mine'))
    await rig.sent()
    expect((await detail(id)).comments.map(({ message }) => message)).toContain('mine')
  })
})
