import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, aCreation, aKeptFile, anOperation, plainMarks } from '#tests/support/make.ts'
import { openedCache, tempProfile } from '#tests/support/store/temp-profile.ts'

const about = { alertId: 'local:a' }
const inline = { ...plainMarks, ioc: true }
const create = anOperation(
  'alert.create',
  aCreation({
    values: [{ dataType: 'ip', data: '192.0.2.1', localId: 'local:v', marks: inline }],
    files: [{ ...aKeptFile(), marks: plainMarks }],
  }),
  about,
)
const note = anOperation('comment.add', { localId: 'local:m', message: 'seen' }, about)
const procedure = anOperation(
  'procedure.add',
  { localId: 'local:p', input: { patternId: 'T1566', occurDate: 5 } },
  about,
)
const file = anOperation('attachment.add', aKeptFile({ localId: 'local:g' }), about)

function workspace(...settled: Operation[]) {
  const cache = openedCache(tempProfile({ care: 'precious' }))
  for (const operation of [create, ...settled]) cache.writer.settle('local:a', [operation])
  return cache
}

describe('in a workspace without a server', () => {
  it('a new alert brings its observables and files along', () => {
    const { reader } = workspace()
    const detail = reader.detail('local:a')
    expect(detail).toMatchObject({
      alert: { observableCount: 2 },
      observables: expect.arrayContaining([
        expect.objectContaining({ data: '192.0.2.1', ioc: true }),
        expect.objectContaining({ dataType: 'file' }),
      ]) as unknown[],
    })
    expect(JSON.stringify(detail)).not.toContain('pending')
  })

  it('comments, procedures and files stay, each once, and are edited and deleted', () => {
    const { writer, reader } = workspace(note, note, procedure, file)
    expect(reader.detail('local:a')).toMatchObject({
      comments: [{ message: 'seen' }],
      procedures: [{ patternId: 'T1566' }],
      attachments: [{ name: 'note.txt' }],
    })
    const later = [
      anOperation('comment.edit', { commentId: 'local:m', message: 'seen twice' }, about),
      anOperation('procedure.edit', { procedureId: 'local:p', change: { tactic: 'initial-access' } }, about),
      anOperation('attachment.delete', { attachmentId: 'local:g' }, about),
      anOperation('observable.update', { observableId: 'local:v', change: { addTags: ['c2'] } }, about),
      anOperation('observable.delete', { observableId: 'local:f' }, about),
    ]
    for (const operation of later) writer.settle('local:a', [operation])
    expect(reader.detail('local:a')).toMatchObject({
      alert: { observableCount: 1 },
      observables: [{ id: 'local:v', tags: ['c2'] }],
      comments: [{ message: 'seen twice', edited: true }],
      procedures: [{ tactic: 'initial-access' }],
      attachments: [],
    })
  })

  it('read and follow marks, and links to cases, hold', () => {
    const { writer, reader } = workspace(
      anOperation('alert.read', { read: true }, about),
      anOperation('alert.follow', { follow: false }, about),
    )
    writer.upsertCases([aCase()])
    writer.settle('local:a', [anOperation('alert.import', { caseId: '~9' }, about)])
    expect(reader.detail('local:a')?.alert).toMatchObject({ read: true, follow: false, caseId: '~9' })
    writer.settle('local:a', [anOperation('alert.unlink', { caseId: '~9' }, about)])
    expect(reader.detail('local:a')?.alert).toMatchObject({ stage: 'New', status: 'New' })
    expect(reader.detail('local:a')?.alert).not.toHaveProperty('caseId')
  })

  it('a deleted alert is gone, and deleting it again after a crash is fine', () => {
    const { writer, reader } = workspace(note)
    const drop = anOperation('alert.delete', {}, about)
    writer.setPending([{ alertId: 'local:a', operations: [drop] }])
    writer.settle('local:a', [drop])
    writer.settle('local:a', [drop])
    expect(reader.detail('local:a')).toBeUndefined()
    expect(reader.counts('analyst').total).toBe(0)
  })
})
