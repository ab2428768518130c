import { describe, expect, it } from 'vitest'
import { nextMoment, nextOperation } from '#main/domain/next-operation.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '#tests/support/make.ts'

const severity = (id: string, over: Partial<Operation> = {}) =>
  anOperation('alert.update', { change: { severity: 3 }, effect: {} }, { id, ...over })
const title = (id: string, over: Partial<Operation> = {}) =>
  anOperation('alert.update', { change: { title: 'T' }, effect: {} }, { id, ...over })

describe('nextOperation', () => {
  it('takes the oldest that is due', () => {
    const held = severity('a', { alertId: '~1', state: 'held', notBefore: 100 })
    const due = severity('b', { alertId: '~2' })
    expect(nextOperation(new PendingIndex([held, due]), 50)?.id).toBe('b')
    expect(nextOperation(new PendingIndex([held, due]), 100)?.id).toBe('a')
  })

  it('never lets a later decision overtake a retry on the same alert', () => {
    const retry = severity('a', { state: 'retry-at', notBefore: 100 })
    expect(nextOperation(new PendingIndex([retry, title('b')]), 50)).toBeUndefined()
  })

  it('what needs the analyst holds back only its dependents and edits of the same field', () => {
    const conflict = severity('a', { state: 'conflict' })
    expect(nextOperation(new PendingIndex([conflict, title('b')]), 0)?.id).toBe('b')
    expect(nextOperation(new PendingIndex([conflict, severity('c')]), 0)).toBeUndefined()
    expect(
      nextOperation(new PendingIndex([conflict, title('d', { dependsOn: ['a'], alertId: '~2' })]), 0),
    ).toBeUndefined()
  })

  it('what needs the analyst holds back edits of what it changes besides, and deletions of what it changes', () => {
    const next = (...operations: Operation[]) => nextOperation(new PendingIndex(operations), 0)?.id
    const closing = anOperation(
      'alert.update',
      { change: { status: 'TruePositive' }, effect: { stage: 'Closed', assignee: 'ana' } },
      { id: 'a', state: 'conflict' },
    )
    const assign = anOperation('alert.update', { change: { assignee: 'ben' }, effect: {} }, { id: 'b' })
    expect(next(closing, assign)).toBeUndefined()
    const merge = anOperation('alert.merge', { caseId: '~9' }, { id: 'a', state: 'conflict' })
    const status = anOperation('alert.update', { change: { status: 'New' }, effect: {} }, { id: 'b' })
    expect(next(merge, status)).toBeUndefined()
    expect(next(merge, assign)).toBe('b')
    const tags = anOperation(
      'alert.update',
      { change: { addTags: ['vip'] }, effect: {} },
      { id: 'a', state: 'rejected' },
    )
    expect(next(tags, anOperation('alert.delete', {}, { id: 'b' }))).toBeUndefined()
    expect(
      next(tags, anOperation('alert.update', { change: { addTags: ['fp'] }, effect: {} }, { id: 'b' })),
    ).toBe('b')
  })

  it('what waits behind that holds back no more than it does, on this alert and on others', () => {
    const conflict = severity('a', { state: 'conflict' })
    const again = severity('b')
    const next = (...operations: Operation[]) => nextOperation(new PendingIndex(operations), 0)?.id
    expect(next(conflict, again, title('c'))).toBe('c')
    expect(next(conflict, again, severity('c'))).toBeUndefined()
    const follower = title('d', { alertId: '~2', dependsOn: ['b'] })
    expect(next(conflict, again, follower, severity('e', { alertId: '~2' }))).toBe('e')
    expect(next(conflict, again, follower, title('e', { alertId: '~2' }))).toBeUndefined()
    expect(next(severity('a', { state: 'held', notBefore: 9 }), title('b'))).toBeUndefined()
  })

  it('follows dependencies across alerts', () => {
    const create = severity('a', { state: 'retry-at', notBefore: 10, alertId: '~1' })
    const merge = anOperation('alert.merge', { caseId: 'x' }, { id: 'b', alertId: '~2', dependsOn: ['a'] })
    expect(nextOperation(new PendingIndex([create, merge]), 5)).toBeUndefined()
    expect(nextOperation(new PendingIndex([merge]), 5)?.id).toBe('b')
  })

  it('leaves what is being sent alone', () => {
    expect(nextOperation(new PendingIndex([severity('a', { state: 'sending' })]), 0)).toBeUndefined()
  })
})

describe('nextMoment', () => {
  it('is the earliest time anything may go, and nothing when only the analyst can help', () => {
    expect(
      nextMoment(
        new PendingIndex([severity('a', { notBefore: 70 }), severity('b', { notBefore: 30, alertId: '~2' })]),
      ),
    ).toBe(30)
    expect(nextMoment(new PendingIndex([severity('a', { state: 'rejected' })]))).toBeUndefined()
  })

  it('is not the time of what stands behind another decision', () => {
    const held = severity('a', { state: 'held', notBefore: 100 })
    expect(nextMoment(new PendingIndex([held, title('b')]))).toBe(100)
    expect(
      nextMoment(new PendingIndex([severity('a', { state: 'conflict' }), severity('b')])),
    ).toBeUndefined()
  })
})
