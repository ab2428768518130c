import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import { baseFor, conflictsWith, mergedWith } from '#main/domain/conflicts.ts'
import { fold } from '#main/domain/fold.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'

function update(change: AlertChange, id = 'op-1', seen = anAlert()) {
  const draft = { kind: 'alert.update', payload: { change, effect: {} } } as const
  return anOperation('alert.update', draft.payload, { id, base: baseFor(draft, seen) })
}

describe('conflictsWith', () => {
  it.each([
    ['nobody else changed it', anAlert(), 0],
    ['a colleague changed another field', anAlert({ title: 'Other' }), 0],
    ['a colleague made the same edit', anAlert({ severity: 4 }), 0],
    ['a colleague set it to something else', anAlert({ severity: 3, updatedBy: 'bo', updatedAt: 9 }), 1],
  ])('when %s', (_, theirs, count) => {
    const operation = update({ severity: 4 })
    expect(conflictsWith(operation, theirs, new PendingIndex([operation]))).toHaveLength(count)
  })

  it('names the field, all three values, and who when', () => {
    const operation = update({ severity: 4 })
    const theirs = anAlert({ severity: 3, updatedBy: 'bo', updatedAt: 9 })
    expect(conflictsWith(operation, theirs, new PendingIndex([operation]))).toEqual([
      { field: 'severity', base: 2, mine: 4, theirs: 3, theirsBy: 'bo', theirsAt: 9 },
    ])
  })

  it('tags never conflict', () => {
    const operation = update({ addTags: ['x'], removeTags: ['edr'] })
    expect(conflictsWith(operation, anAlert({ tags: [] }), new PendingIndex([operation]))).toEqual([])
  })

  it('a later edit of ours to the same field stands on the earlier one, not on the server', () => {
    const first = update({ severity: 3 }, 'op-1')
    const second = update({ severity: 4 }, 'op-2', anAlert({ severity: 3 }))
    expect(conflictsWith(second, anAlert(), new PendingIndex([first, second]))).toEqual([])
    expect(conflictsWith(second, anAlert({ severity: 3 }), new PendingIndex([second]))).toEqual([])
  })

  it('an alert somebody put into another case conflicts with our promotion', () => {
    const payload = { choices: {}, predicted: aCase({ id: 'local:case' }) }
    const operation = anOperation('alert.promote', payload, { base: { caseId: null } })
    expect(conflictsWith(operation, anAlert({ caseId: '~77' }), new PendingIndex([operation]))).toMatchObject(
      [{ field: 'caseId', mine: 'local:case', theirs: '~77' }],
    )
  })

  it('lets an alert be linked that is in no case any more, whichever it was seen in', () => {
    for (const kind of ['alert.merge', 'alert.import'] as const) {
      const operation = anOperation(kind, { caseId: '~9' }, { base: { caseId: '~7' } })
      const ours = new PendingIndex([operation])
      expect(conflictsWith(operation, anAlert(), ours)).toEqual([])
      expect(conflictsWith(operation, anAlert({ caseId: '~8' }), ours)).toMatchObject([{ theirs: '~8' }])
    }
  })

  it('marking unread what a promotion of ours marks as read stands on that, before and after it is sent', () => {
    const promote = anOperation(
      'alert.promote',
      { choices: {}, predicted: aCase({ id: 'local:case' }) },
      { id: 'p', base: { caseId: null } },
    )
    const draft = { kind: 'alert.read', payload: { read: false } } as const
    const seen = fold(anAlert({ read: false }), [promote]).alert
    const unread = anOperation('alert.read', draft.payload, { id: 'u', base: baseFor(draft, seen) })
    const both = new PendingIndex([promote, unread])
    expect(conflictsWith(unread, anAlert({ read: false }), both)).toEqual([])
    const imported = anAlert({ read: true, stage: 'Imported', caseId: '~9' })
    expect(conflictsWith(unread, imported, new PendingIndex([unread]))).toEqual([])
  })

  it('the same of an alert that no server has seen yet', () => {
    const draft = { kind: 'alert.read', payload: { read: false } } as const
    expect(baseFor(draft, anAlert({ stage: 'New' }))).toMatchObject({ read: false })
    expect(baseFor(draft, anAlert({ stage: 'Imported', caseId: 'local:case' }))).toMatchObject({ read: true })
  })

  it('a merge that somebody else already made is no conflict', () => {
    const operation = anOperation('alert.merge', { caseId: '~9' }, { base: { caseId: null } })
    expect(conflictsWith(operation, anAlert({ caseId: '~9' }), new PendingIndex([operation]))).toEqual([])
  })
})

describe('marks that have two values', () => {
  it.each([
    ['read', anOperation('alert.read', { read: true }, { base: { read: false } }), anAlert({ read: true })],
    ['an absent read mark', anOperation('alert.read', { read: true }, { base: { read: false } }), anAlert()],
    ['follow', anOperation('alert.follow', { follow: false }, { base: { follow: true } }), anAlert()],
  ])('never conflict: %s', (_, operation, theirs) => {
    expect(conflictsWith(operation, theirs, new PendingIndex([operation]))).toEqual([])
  })
})

describe('what a decision does beside its change', () => {
  it('is ours too: whoever closes and then assigns is in conflict with nobody', () => {
    const close = {
      kind: 'alert.update',
      payload: { change: { status: 'Other' }, effect: { assignee: 'ana' } },
    } as const
    const first = anOperation('alert.update', close.payload, { id: 'op-1', base: baseFor(close, anAlert()) })
    const second = update({ assignee: 'bo' }, 'op-2', anAlert({ assignee: 'ana' }))
    expect(conflictsWith(second, anAlert(), new PendingIndex([first, second]))).toEqual([])
    expect(first.base).toEqual({ status: 'New', assignee: null })
  })
})

describe('a deletion', () => {
  const seen = anAlert({ customFields: [{ name: 'unit', type: 'string', value: 'north' }] })
  const draft = { kind: 'alert.delete', payload: {} } as const
  const operation = anOperation('alert.delete', {}, { id: 'op-d', base: baseFor(draft, seen) })
  const alone = new PendingIndex([operation])

  it.each([
    ['a value', { severity: 3 as const }, 'severity'],
    ['a tag', { tags: ['edr', 'c2'] }, 'tags'],
    ['a case', { caseId: '~9' }, 'caseId'],
    [
      'a custom field',
      { customFields: [{ name: 'unit', type: 'string', value: 'west' }] },
      'customFields.unit',
    ],
  ])('is in conflict with %s that a colleague has set since', (_, change, field) => {
    expect(conflictsWith(operation, anAlert({ ...seen, ...change }), alone)).toMatchObject([
      { field, mine: null },
    ])
  })

  it('is in conflict with nothing that was there, in whatever order, nor with what we changed ourselves', () => {
    const several = anAlert({ tags: ['b', 'a'] })
    const other = anOperation('alert.delete', {}, { id: 'op-d', base: baseFor(draft, several) })
    expect(conflictsWith(other, anAlert({ tags: ['a', 'b'] }), new PendingIndex([other]))).toEqual([])
    const mine = update({ severity: 3, addTags: ['x'] }, 'op-1')
    const after = anOperation(
      'alert.delete',
      {},
      { id: 'op-d', base: baseFor(draft, anAlert({ ...seen, severity: 3, tags: ['edr', 'x'] })) },
    )
    expect(conflictsWith(after, seen, new PendingIndex([mine, after]))).toEqual([])
  })
})

describe('a text both have edited', () => {
  const seen = anAlert({ description: 'one\ntwo\nthree\nfour' })
  const edit = update({ description: 'ONE\ntwo\nthree\nfour', severity: 4 }, 'op-1', seen)

  it('in different places is merged, on the ground of theirs', () => {
    const theirs = { ...seen, description: 'one\ntwo\nthree\nFOUR' }
    expect(conflictsWith(edit, theirs, new PendingIndex([edit]))).toEqual([])
    expect(mergedWith(edit, theirs, new PendingIndex([edit]))).toMatchObject({
      base: { description: theirs.description, severity: 2 },
      payload: { change: { description: 'ONE\ntwo\nthree\nFOUR', severity: 4 } },
    })
  })

  it('in the same place is a conflict with both texts', () => {
    const theirs = { ...seen, description: 'eins\ntwo\nthree\nfour' }
    expect(mergedWith(edit, theirs, new PendingIndex([edit]))).toBeUndefined()
    expect(conflictsWith(edit, theirs, new PendingIndex([edit]))).toMatchObject([
      { field: 'description', mine: 'ONE\ntwo\nthree\nfour', theirs: theirs.description },
    ])
  })

  it('a title is no text: it is one or the other', () => {
    const titled = update({ title: 'Mine' }, 'op-1', seen)
    expect(
      conflictsWith(titled, anAlert({ ...seen, title: 'Theirs' }), new PendingIndex([titled])),
    ).toHaveLength(1)
  })
})
