import { describe, expect, it } from 'vitest'
import { nextMoment, nextOperation, sendable } from '#main/domain/next-operation.ts'
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

  describe('between what changes a case and what links alerts with it', () => {
    const merge = (id: string, alertId: string, over: Partial<Operation> = {}) =>
      anOperation('alert.merge', { caseId: '~9' }, { id, alertId, ...over })
    const close = (id: string, over: Partial<Operation> = {}) =>
      anOperation(
        'case.update',
        { change: { status: 'TruePositive' }, effect: {} },
        { id, alertId: '~9', ...over },
      )
    const later = { state: 'retry-at', notBefore: 100 } as const
    const next = (...operations: Operation[]) => nextOperation(new PendingIndex(operations), 0)?.id

    it.each([
      ['alert.merge', merge('a', '~1', later)],
      ['alert.import', anOperation('alert.import', { caseId: '~9' }, { id: 'a', ...later })],
      ['alert.unlink', anOperation('alert.unlink', { caseId: '~9' }, { id: 'a', ...later })],
    ])('keeps the order: %s, then a change', (_kind, link) => {
      expect(next(link, close('b'))).toBeUndefined()
      expect(next(link, close('b', { alertId: '~8' }))).toBe('b')
      expect(next(close('b'), link)).toBe('b')
    })

    it('keeps the order: a change, then a merge', () => {
      expect(next(close('a', later), merge('b', '~1'))).toBeUndefined()
      expect(next(close('a', later), merge('b', '~1', { payload: { caseId: '~8' } }))).toBe('b')
    })

    it('but what needs the analyst holds back neither, and merges do not wait for one another', () => {
      expect(next(merge('a', '~1', { state: 'conflict' }), close('b'))).toBe('b')
      expect(next(close('a', { state: 'rejected' }), merge('b', '~1'))).toBe('b')
      const behind = merge('b', '~1', { dependsOn: ['a'] })
      expect(next(severity('a', { state: 'conflict' }), behind, close('c'))).toBe('c')
      expect(next(merge('a', '~1', later), merge('b', '~2'))).toBe('b')
    })

    it('looks at no merge for another, however many there are, and of a change at the first that waits', () => {
      const merges = Array.from({ length: 1_000 }, (_, at) => merge(`m${at}`, `~a${at}`))
      const index = new PendingIndex([...merges, close('c')])
      let looks = 0
      const counted = function* (all: Iterable<Operation>) {
        for (const one of all) {
          looks += 1
          yield one
        }
      }
      const [about, linking] = [index.about.bind(index), index.linking.bind(index)]
      index.about = (id) => counted(about(id))
      index.linking = (id) => counted(linking(id))
      expect([...merges, close('c')].filter((one) => sendable(one, index, 0))).toHaveLength(1_000)
      expect(looks).toBeLessThan(3 * merges.length)
    })
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
