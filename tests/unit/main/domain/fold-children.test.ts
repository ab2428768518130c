import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits } from '#main/domain/child-edits.ts'
import { fold } from '#main/domain/fold.ts'
import type { Operation } from '#shared/model/operation.ts'
import { alertOperation } from '#tests/support/arbitraries.ts'
import { aComment, aCreation, aKeptFile, anAlert, anOperation, plainMarks } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

const values = (...data: string[]) =>
  anOperation('observable.add-values', {
    marks: plainMarks,
    values: data.map((one) => ({ dataType: 'ip', data: one, localId: `local:${one}` })),
  })

describe('children', () => {
  it('of the server are edited by what is laid over them; the edits come apart from what is added', () => {
    const { edits, comments } = fold(anAlert(), [
      anOperation('comment.edit', { commentId: '~c1', message: 'new words' }),
    ])
    expect(comments).toEqual([])
    expect(applyEdits('comment', [aComment(), aComment({ id: '~c2' })], edits)).toEqual([
      aComment({ message: 'new words', edited: true }),
      aComment({ id: '~c2' }),
    ])
  })

  it('that are pending themselves change in place', () => {
    const { comments, edits } = fold(anAlert(), [
      anOperation('comment.add', { localId: 'local:m', message: 'frist' }),
      anOperation('comment.edit', { commentId: 'local:m', message: 'first' }),
    ])
    expect(edits).toEqual([])
    expect(comments).toMatchObject([{ id: 'local:m', message: 'first', pending: true }])
  })

  it('that the server has, but that were not read back, are edited wherever they show', () => {
    const edit = anOperation('comment.edit', { commentId: '~c1', message: 'first' })
    const { comments, edits } = fold(anAlert(), [
      anOperation('comment.add', { localId: '~c1', message: 'frist' }),
      edit,
    ])
    expect(comments).toMatchObject([{ id: '~c1', message: 'first' }])
    expect(applyEdits('comment', [aComment()], edits)).toMatchObject([{ id: '~c1', message: 'first' }])
  })

  it('observables are counted: what is added, what is deleted, each once', () => {
    const drop = (observableId: string) => anOperation('observable.delete', { observableId })
    const { alert, observables } = fold(anAlert({ observableCount: 5 }), [
      values('192.0.2.1', '192.0.2.2'),
      drop('local:192.0.2.1'),
      drop('~o1'),
      drop('~o1'),
    ])
    expect(alert?.observableCount).toBe(5)
    expect(observables.map(({ data }) => data)).toEqual(['192.0.2.2'])
  })

  it('an observable keeps its tags beside those added and removed, and what a change does not name', () => {
    const change = { tlp: 'red' as const, message: undefined, addTags: ['c2', 'mail'], removeTags: ['old'] }
    const { edits } = fold(anAlert(), [anOperation('observable.update', { observableId: '~o1', change })])
    const before = anObservable({ tags: ['old', 'mail'], message: 'kept' })
    expect(applyEdits('observable', [before], edits)).toEqual([
      { ...before, tlp: 'red', tags: ['mail', 'c2'] },
    ])
  })

  it('of a new alert are there with it until they are read back, and counted once', () => {
    const payload = aCreation({
      values: [{ dataType: 'ip', data: '192.0.2.1', localId: 'local:v', marks: plainMarks }],
      files: [{ ...aKeptFile(), marks: { ...plainMarks, ioc: true } }],
    })
    const create = anOperation('alert.create', payload, { alertId: 'local:a' })
    const before = fold(undefined, [create])
    expect(before.alert?.observableCount).toBe(2)
    expect(before.observables).toMatchObject([
      { data: '192.0.2.1', pending: true },
      { dataType: 'file', ioc: true, attachment: { name: 'note.txt' } },
    ])
    const after = fold(anAlert({ observableCount: 2 }), [create])
    expect(after).toEqual({ ...before, alert: anAlert({ observableCount: 2 }) })
  })
})

describe('rules that hold for any decisions', () => {
  const ops = fc.array(
    alertOperation.map((one) => ({ ...one, alertId: '~1' })),
    { maxLength: 6 },
  )
  const children = [anObservable(), anObservable({ id: '~o2' }), anObservable({ id: '~o3' })]

  it('the base is left alone, and an alert stays the alert it is', () => {
    fc.assert(
      fc.property(ops, (operations) => {
        const base = anAlert()
        expect(fold(base, operations).alert).toMatchObject({ id: base.id, createdBy: base.createdBy })
        expect(base).toEqual(anAlert())
      }),
    )
  })

  it('folding one part over the fold of the other is folding all: what is shown can be folded further', () => {
    fc.assert(
      fc.property(ops, ops, (first, second) => {
        const whole = fold(anAlert(), [...first, ...second])
        const inTwo = fold(fold(anAlert(), first).alert, second)
        const { observableCount: _, ...shown } = inTwo.alert!
        expect(whole.alert).toMatchObject(shown)
      }),
    )
  })

  it('laying edits on twice changes nothing', () => {
    fc.assert(
      fc.property(ops, (operations: Operation[]) => {
        const { edits } = fold(anAlert(), operations)
        const once = applyEdits('observable', children, edits)
        expect(applyEdits('observable', once, edits)).toEqual(once)
      }),
    )
  })

  it('never counts below nothing, and never shows an observable that is deleted', () => {
    fc.assert(
      fc.property(ops, (operations) => {
        const { alert, edits } = fold(anAlert(), operations)
        expect(alert!.observableCount).toBeGreaterThanOrEqual(0)
        const gone = edits.filter((edit) => edit.entity === 'observable' && edit.do === 'delete')
        const left = applyEdits('observable', children, edits).map(({ id }) => id)
        expect(left.filter((id) => gone.some((edit) => edit.id === id))).toEqual([])
      }),
    )
  })
})
