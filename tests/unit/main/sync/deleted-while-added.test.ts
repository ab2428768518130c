import { describe, expect, it } from 'vitest'
import { aKeptFile, anOperation, plainMarks } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { modelSha256 } from '#tests/support/sync/model-children.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'
import type { ModelHive } from '#tests/support/sync/runner-rig.ts'

describe('the deletion of what we were adding', () => {
  const value = { dataType: 'ip', data: '192.0.2.7', localId: 'local:c' }
  const { attachment, ...file } = aKeptFile({ localId: 'local:c' })
  const ourFile = { ...file, attachment: { ...attachment, sha256: modelSha256(file.specimenId) } }
  const removeObservable = anOperation(
    'observable.delete',
    { observableId: 'local:c' },
    { id: 'd', dependsOn: ['add'] },
  )
  const removeFile = anOperation(
    'attachment.delete',
    { attachmentId: 'local:c' },
    { id: 'd', dependsOn: ['add'] },
  )
  const over = { id: 'add', mustVerify: true, firstSentAt: 2_000_000, createdAt: 2_000_000 }
  const added = {
    values: anOperation('observable.add-values', { marks: plainMarks, values: [value] }, over),
    file: anOperation('observable.add-file', { ...ourFile, marks: plainMarks }, over),
    attachment: anOperation('attachment.add', ourFile, over),
  }
  type There = { createdBy: string; createdAt: number }
  const cases = [
    [added.values, removeObservable, (hive: ModelHive, by: There) => hive.observables.push(anObservable(by))],
    [
      added.file,
      removeObservable,
      (hive: ModelHive, by: There) =>
        hive.observables.push(anObservable({ ...by, dataType: 'file', attachment: ourFile.attachment })),
    ],
    [
      added.attachment,
      removeFile,
      (hive: ModelHive, by: There) => hive.attachments.push({ ...ourFile.attachment, id: '~f1', ...by }),
    ],
  ] as const
  const later: typeof runnerRig = (...given) => {
    const rig = runnerRig(...given)
    rig.time.now = 3_000_000
    return rig
  }
  const told = (rig: ReturnType<typeof runnerRig>) => rig.book.get('d')?.lastError

  it.each(cases)('leaves alone what a colleague added instead: $kind', async (add, remove, arrange) => {
    const rig = later([add, remove], (hive) => arrange(hive, { createdBy: 'ben', createdAt: 2_000_000 }))
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.states()).toEqual({ add: 'sent', d: 'rejected' })
    expect(told(rig)).toMatchObject({ message: expect.stringContaining('ben added it.') as string })
  })

  it.each(cases)('leaves alone what was there before: $kind', async (add, remove, arrange) => {
    const rig = later([add, remove], (hive) => arrange(hive, { createdBy: 'ana', createdAt: 1_000 }))
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(told(rig)).toMatchObject({
      message: expect.stringContaining('you had added it before.') as string,
    })
  })

  it.each(cases)('takes what an attempt of ours added: $kind', async (add, remove, arrange) => {
    const rig = later([add, remove], (hive) => arrange(hive, { createdBy: 'ana', createdAt: 2_000_000 }))
    await rig.drain()
    expect(rig.states()).toEqual({ add: 'sent', d: 'sent' })
    expect([...rig.hive.observables, ...rig.hive.attachments]).toEqual([])
  })

  it('tells by its author where the decision that added it is not known here', async () => {
    const sent = async (createdBy: string) => {
      const remove = { ...removeObservable, dependsOn: [] }
      const rig = runnerRig([remove], (hive) => hive.observables.push(anObservable({ createdBy })))
      rig.book.mapId('local:c', '~o1')
      await rig.drain()
      return rig.states()
    }
    expect(await sent('ben')).toEqual({ d: 'rejected' })
    expect(await sent('ana')).toEqual({ d: 'sent' })
  })

  it('leaves it alone where the server does not tell who added it', async () => {
    const rig = runnerRig([added.values, removeObservable], (hive) => {
      hive.observables.push(anObservable({ createdBy: 'ana', createdAt: 2_000_000 }))
      Object.assign(hive.server.session, { flavour: 'thehive3' })
    })
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    expect(rig.states()).toMatchObject({ d: 'rejected' })
  })

  it('asks nothing of what was on the alert when that was decided', async () => {
    const remove = anOperation('observable.delete', { observableId: '~o1' }, { id: 'd' })
    const rig = runnerRig([remove], (hive) => hive.observables.push(anObservable({ createdBy: 'ben' })))
    await rig.drain()
    expect(rig.states()).toEqual({ d: 'sent' })
  })
})
