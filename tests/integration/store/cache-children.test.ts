import { describe, expect, it } from 'vitest'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import {
  aComment,
  aCreation,
  aKeptFile,
  aProcedure,
  anAlert,
  anOperation,
  plainMarks,
} from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { openedCache } from '#tests/support/store/temp-profile.ts'

const attachment = { ...aKeptFile().attachment, id: '~f1', createdAt: 5, createdBy: 'bo' }

function filled() {
  const cache = openedCache()
  const { writer } = cache
  writer.ingestAlerts([anAlert({ observableCount: 2 })], 1)
  writer.replaceObservables('~1', [anObservable(), anObservable({ id: '~o2', data: '192.0.2.8' })])
  writer.replaceComments('~1', [aComment()])
  writer.replaceProcedures('~1', [aProcedure()])
  writer.replaceAttachments('~1', [attachment])
  return cache
}

describe('what hangs on an alert', () => {
  it('is all there, and the server’s next list replaces it', () => {
    const { writer, reader } = filled()
    expect(reader.detail('~1')).toMatchObject({
      observables: [{ id: '~o1' }, { id: '~o2' }],
      comments: [aComment()],
      procedures: [aProcedure()],
      attachments: [attachment],
    })
    writer.replaceProcedures('~1', [aProcedure({ id: '~p2' })])
    writer.replaceAttachments('~1', [])
    expect(reader.detail('~1')).toMatchObject({ procedures: [{ id: '~p2' }], attachments: [] })
  })

  it('the server’s own takes the place of what waits under its id, also where its clock is behind ours', () => {
    const { writer, reader } = openedCache()
    const values = [{ localId: '~o9', dataType: 'ip', data: '192.0.2.9', marks: plainMarks }]
    const create = anOperation('alert.create', aCreation({ values }), { alertId: '~9', createdAt: 5 })
    writer.setPending([{ alertId: '~9', operations: [create] }])
    const theirs = anObservable({ id: '~o9', data: '192.0.2.9', tags: ['seen'], createdAt: 4 })
    expect(writer.ingestObservables([{ alertId: '~9', observable: theirs }]).changed).toEqual(['~9'])
    expect(reader.detail('~9')?.observables).toEqual([theirs])
    expect(writer.ingestObservables([{ alertId: '~9', observable: theirs }]).changed).toEqual([])
  })

  it('shows pending edits and deletions over whatever the server has, and itself again when they go', () => {
    const { writer, reader } = filled()
    const operations = [
      anOperation('comment.edit', { commentId: '~c1', message: 'mine' }),
      anOperation('observable.update', { observableId: '~o1', change: { ioc: true } }),
      anOperation('observable.delete', { observableId: '~o2' }),
      anOperation('procedure.edit', { procedureId: '~p1', change: { description: 'by mail' } }),
      anOperation('attachment.delete', { attachmentId: '~f1' }),
    ]
    writer.setPending([{ alertId: '~1', operations }])
    expect(reader.detail('~1')).toMatchObject({
      alert: { observableCount: 1 },
      observables: [{ id: '~o1', ioc: true }],
      comments: [{ message: 'mine', edited: true }],
      procedures: [{ description: 'by mail' }],
      attachments: [],
    })
    writer.replaceComments('~1', [aComment({ message: 'theirs' }), aComment({ id: '~c2' })])
    writer.replaceObservables('~1', [anObservable({ tlp: 'red' }), anObservable({ id: '~o2' })])
    expect(reader.detail('~1')).toMatchObject({
      observables: [{ id: '~o1', ioc: true, tlp: 'red' }],
      comments: [{ message: 'mine' }, { id: '~c2' }],
    })
    writer.setPending([{ alertId: '~1', operations: [] }])
    expect(reader.detail('~1')).toMatchObject({
      observables: [{ id: '~o1', ioc: false }, { id: '~o2' }],
      comments: [{ message: 'theirs' }, { id: '~c2' }],
      attachments: [{ id: '~f1' }],
    })
  })

  it('a child the server has already is not replaced by the decision that added it, nor lost with it', () => {
    const { writer, reader } = filled()
    const note = anOperation('comment.add', { localId: '~c9', message: 'as sent' })
    const values = [{ dataType: 'ip', data: '192.0.2.9', localId: '~o9' }]
    const add = anOperation('observable.add-values', { marks: plainMarks, values })
    writer.replaceComments('~1', [aComment({ id: '~c9', message: 'as the server has it' })])
    writer.replaceObservables('~1', [anObservable({ id: '~o9', data: '192.0.2.9' })])
    writer.setPending([{ alertId: '~1', operations: [note, add] }])
    writer.setPending([{ alertId: '~1', operations: [] }])
    expect(reader.detail('~1')?.comments).toMatchObject([{ id: '~c9', message: 'as the server has it' }])
    expect(reader.detail('~1')?.observables).toMatchObject([{ id: '~o9' }])
  })

  it('pending procedures and files are there until their decision goes', () => {
    const { writer, reader } = filled()
    const input = { patternId: 'T1059', occurDate: 7 }
    const operations = [
      anOperation('procedure.add', { localId: 'local:p', input }),
      anOperation('attachment.add', aKeptFile()),
    ]
    writer.setPending([{ alertId: '~1', operations }])
    expect(reader.detail('~1')?.procedures).toContainEqual(
      expect.objectContaining({ id: 'local:p', patternId: 'T1059', pending: true }),
    )
    expect(reader.detail('~1')?.attachments).toContainEqual(expect.objectContaining({ id: 'local:f' }))
    writer.setPending([{ alertId: '~1', operations: [] }])
    expect(reader.detail('~1')).toMatchObject({ procedures: [aProcedure()], attachments: [attachment] })
  })
})

const idsOf = ({ reader }: ReturnType<typeof openedCache>, filter: Filter): string[] =>
  reader
    .rows(reader.order({ filter, sort: newestFirst, after: undefined, limit: 10 }).pks)
    .map(({ id }) => id)

describe('an alert that goes', () => {
  const row = ({ reader }: ReturnType<typeof openedCache>) =>
    reader.rows(reader.order({ filter: { op: 'any' }, sort: newestFirst, after: undefined, limit: 10 }).pks)

  it('is marked while its deletion waits, and unmarked when that is taken back', () => {
    const cache = filled()
    cache.writer.setPending([{ alertId: '~1', operations: [anOperation('alert.delete', {})] }])
    expect(row(cache)).toMatchObject([{ id: '~1', going: true, pending: true }])
    cache.writer.setPending([{ alertId: '~1', operations: [] }])
    expect(row(cache)[0]).not.toHaveProperty('going')
  })

  it('leaves the list and the counts once the server has deleted it', () => {
    const cache = filled()
    cache.writer.removeAlert('~1')
    cache.writer.removeAlert('~404')
    expect(row(cache)).toEqual([])
    expect(cache.reader.counts('ana').total).toBe(0)
    expect(cache.reader.detail('~1')).toBeUndefined()
  })

  it('stays, marked with the first moment, when the server merely shows it no more, until it comes again', () => {
    const cache = filled()
    cache.writer.markGone(['~1', '~404'], 50)
    cache.writer.markGone(['~1'], 60)
    expect(cache.reader.detail('~1')?.goneAt).toBe(50)
    expect(row(cache)).toMatchObject([{ gone: true }])
    const found = (text: string) => idsOf(cache, parseFilter(text).filter)
    expect([found('gone:yes'), found('gone:no'), found('stage:new')]).toEqual([['~1'], [], ['~1']])
    cache.writer.ingestAlerts([anAlert({ observableCount: 2 })], 70)
    expect(cache.reader.detail('~1')).not.toHaveProperty('goneAt')
    expect(row(cache)[0]).not.toHaveProperty('gone')
  })
})
