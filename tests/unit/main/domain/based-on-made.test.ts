import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { basedOnMade } from '#main/domain/based-on-made.ts'
import { aCase, aKeptFile, anOperation, plainMarks } from '#tests/support/make.ts'

const changed = (before: Operation, after: Operation, ...later: Operation[]) =>
  basedOnMade({ before, after }, later, (id) => id)

describe('what was decided about what an edited decision makes', () => {
  const add = (over: Partial<typeof plainMarks>) =>
    anOperation('observable.add-values', {
      marks: { ...plainMarks, ...over },
      values: [{ dataType: 'ip', data: '192.0.2.1', localId: 'local:o' }],
    })
  const update = (change: object, base: object, id = 'u') =>
    anOperation('observable.update', { observableId: 'local:o', change }, { id, base: { ...base } })

  it('stands on its new look, each decision on what those before it leave', () => {
    const later = [
      update({ tlp: 'red' }, { tlp: 'amber' }, 'one'),
      update({ tlp: 'green', message: 'c2' }, { tlp: 'red', message: null }, 'two'),
    ]
    expect(changed(add({}), add({ tlp: 'clear', message: 'seen' }), ...later)).toMatchObject([
      { id: 'one', base: { tlp: 'clear' } },
      { id: 'two', base: { tlp: 'red', message: 'seen' } },
    ])
  })

  it('a deletion with all that is lost, its tags among them', () => {
    const tag = update({ addTags: ['c2'] }, { tags: ['a'] })
    const base = { tlp: 'amber', tags: ['a', 'c2'] }
    const remove = anOperation('observable.delete', { observableId: 'local:o' }, { id: 'd', base })
    expect(changed(add({ tags: ['a'] }), add({ tags: ['b'] }), tag, remove)).toMatchObject([
      { id: 'u', base: { tags: ['b'] } },
      { id: 'd', base: { tlp: 'amber', tags: ['b', 'c2'] } },
    ])
  })

  it('of a file, too', () => {
    const file = (marks: typeof plainMarks) =>
      anOperation('observable.add-file', { ...aKeptFile({ localId: 'local:o' }), marks })
    const later = update({ ioc: false }, { ioc: true })
    expect(changed(file({ ...plainMarks, ioc: true }), file(plainMarks), later)).toMatchObject([
      { base: { ioc: false } },
    ])
  })

  it('but not on a value that it did not see, nor where it is about another one', () => {
    const elsewhere = { ...update({ tlp: 'red' }, { tlp: 'amber' }), alertId: '~2' }
    const other = { ...elsewhere, payload: { observableId: '~o1', change: { tlp: 'red' } } } as Operation
    expect(changed(add({}), add({ tlp: 'clear' }), update({ tlp: 'red' }, { tlp: 'white' }), other)).toEqual(
      [],
    )
  })

  it('keeps to the custom fields it sets itself', () => {
    const unit = (value: string) => ({ name: 'unit', type: 'string', value }) as const
    const score = { name: 'score', type: 'string', value: '2' } as const
    const promote = (value: string) =>
      anOperation('alert.promote', {
        choices: {},
        predicted: aCase({ id: 'local:c', customFields: [unit(value)] }),
      })
    const later = anOperation(
      'case.update',
      { change: { customFields: [unit('north'), score] }, effect: {} },
      { alertId: 'local:c', base: { customFields: [unit('north')] } },
    )
    expect(changed(promote('north'), promote('south'), later)).toMatchObject([
      {
        base: { customFields: [unit('south')] },
        payload: { change: { customFields: [unit('south'), score] } },
      },
    ])
  })
})
