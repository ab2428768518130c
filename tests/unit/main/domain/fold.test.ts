import { describe, expect, it } from 'vitest'
import { fold } from '#main/domain/fold.ts'
import { aCase, aCreation, anAlert, anInput, anOperation, plainMarks } from '#tests/support/make.ts'

const nothingPending = {
  ...{ observables: [], comments: [], procedures: [], attachments: [] },
  ...{ edits: [], cases: [] },
}

describe('fold', () => {
  it('without anything pending shows the base itself', () => {
    const base = anAlert()
    expect(fold(base, [])).toEqual({ ...nothingPending, alert: base })
  })

  it('sets only the fields a change names', () => {
    const change = { severity: 4 as const }
    const { alert } = fold(anAlert(), [anOperation('alert.update', { change, effect: {} })])
    expect(alert).toEqual(anAlert({ severity: 4 }))
  })

  it('adds and removes tags without repeating any', () => {
    const change = { addTags: ['edr', 'seen'], removeTags: ['noise'] }
    const { alert } = fold(anAlert({ tags: ['edr', 'noise'] }), [
      anOperation('alert.update', { change, effect: {} }),
    ])
    expect(alert?.tags).toEqual(['edr', 'seen'])
  })

  it('null unassigns, a login assigns, and starting assigns whoever starts', () => {
    const assigned = anAlert({ assignee: 'bo' })
    const unassign = anOperation('alert.update', { change: { assignee: null }, effect: {} })
    expect(fold(assigned, [unassign]).alert).not.toHaveProperty('assignee')
    const start = anOperation('alert.update', {
      change: { status: 'InProgress' },
      effect: { stage: 'InProgress', assignee: 'ana' },
    })
    expect(fold(anAlert(), [start]).alert).toMatchObject({
      status: 'InProgress',
      stage: 'InProgress',
      assignee: 'ana',
    })
  })

  it('a promoted alert is imported into the predicted case, which is there to merge into', () => {
    const predicted = aCase({ id: 'local:case', pending: true })
    const { alert, cases } = fold(anAlert(), [anOperation('alert.promote', { choices: {}, predicted })])
    expect(alert).toMatchObject({ caseId: 'local:case', stage: 'Imported' })
    expect(cases).toEqual([predicted])
  })

  it.each([
    ['is read by that where reading is a mark', false, true],
    ['has no mark where there is none', undefined, undefined],
  ])('an alert that goes into a case %s', (_what, read, after) => {
    const { alert } = fold(anAlert(read === undefined ? {} : { read }), [
      anOperation('alert.merge', { caseId: '~9' }),
    ])
    expect(alert?.read).toBe(after)
  })

  it('counts observables that only wait here', () => {
    const values = [
      { dataType: 'ip', data: '192.0.2.1', localId: 'local:a' },
      { dataType: 'domain', data: 'bad.example', localId: 'local:b' },
    ]
    const { alert, observables } = fold(anAlert({ observableCount: 3 }), [
      anOperation('observable.add-values', { marks: plainMarks, values }),
    ])
    expect(alert?.observableCount).toBe(5)
    expect(observables.map(({ id, data, pending }) => ({ id, data, pending }))).toEqual([
      { id: 'local:a', data: '192.0.2.1', pending: true },
      { id: 'local:b', data: 'bad.example', pending: true },
    ])
  })

  it('an alert created here exists, and what was decided about it afterwards shows', () => {
    const { alert, comments } = fold(undefined, [
      anOperation('alert.create', aCreation(), { alertId: 'local:x' }),
      anOperation('alert.update', { change: { severity: 3 }, effect: {} }, { alertId: 'local:x' }),
      anOperation('comment.add', { localId: 'local:c', message: 'hm' }, { alertId: 'local:x' }),
    ])
    expect(alert).toMatchObject({ id: 'local:x', title: 'A call', severity: 3, createdBy: 'ana' })
    expect(comments).toHaveLength(1)
  })

  it('an alert created here has a date that the queue has room for, as those of servers do', () => {
    const dated = (date: number) =>
      fold(undefined, [anOperation('alert.create', aCreation({ input: anInput({ date }) }))]).alert?.date
    expect([-1, 1_500, 1e300].map(dated)).toEqual([0, 1_500, 9_999_999_999_999])
  })

  it('says nothing about an alert the server no longer has, and does not fail', () => {
    expect(fold(undefined, [anOperation('alert.merge', { caseId: '~9' })]).alert).toBeUndefined()
  })

  it('a read mark carries the status where the server makes the one of the other', () => {
    const effect = { status: 'Ignored', stage: 'Closed' } as const
    const derived = anOperation('alert.read', { read: true, effect })
    expect(fold(anAlert(), [derived]).alert).toEqual(anAlert({ read: true, ...effect }))
    const plain = anOperation('alert.read', { read: true })
    expect(fold(anAlert(), [plain]).alert).toEqual(anAlert({ read: true }))
  })

  it('following is a mark of its own', () => {
    expect(fold(anAlert(), [anOperation('alert.follow', { follow: false })]).alert).toEqual(
      anAlert({ follow: false }),
    )
  })

  it('an alert to be deleted is still there, marked as going', () => {
    expect(fold(anAlert(), [anOperation('alert.delete', {})]).alert).toEqual(anAlert({ going: true }))
  })

  it('an imported alert is in the case; an unlinked one starts anew', () => {
    const imported = anOperation('alert.import', { caseId: '~9' })
    expect(fold(anAlert(), [imported]).alert).toMatchObject({ caseId: '~9', stage: 'Imported' })
    const unlinked = fold(anAlert(), [imported, anOperation('alert.unlink', { caseId: '~9' })]).alert
    expect(unlinked).toEqual(anAlert())
  })

  it('custom fields are changed name by name: what the server has meanwhile stays', () => {
    const field = (name: string, value: string) => ({ name, type: 'string', value })
    const seen = [field('unit', 'north'), field('score', '1')]
    const change = { customFields: [field('unit', 'south'), field('score', '1')] }
    const update = anOperation('alert.update', { change, effect: {} }, { base: { customFields: seen } })
    const now = anAlert({ customFields: [field('unit', 'north'), field('score', '9')] })
    expect(fold(now, [update]).alert?.customFields).toEqual([field('score', '9'), field('unit', 'south')])
  })
})
