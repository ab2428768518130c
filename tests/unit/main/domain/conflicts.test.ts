import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import { baseFor, conflictsWith, rebasedWithout } from '#main/domain/conflicts.ts'
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
    expect(conflictsWith(operation, theirs, { pending: [operation] })).toHaveLength(count)
  })

  it('names the field, all three values, and who when', () => {
    const operation = update({ severity: 4 })
    const theirs = anAlert({ severity: 3, updatedBy: 'bo', updatedAt: 9 })
    expect(conflictsWith(operation, theirs, { pending: [operation] })).toEqual([
      { field: 'severity', base: 2, mine: 4, theirs: 3, theirsBy: 'bo', theirsAt: 9 },
    ])
  })

  it('tags never conflict', () => {
    const operation = update({ addTags: ['x'], removeTags: ['edr'] })
    expect(conflictsWith(operation, anAlert({ tags: [] }), { pending: [operation] })).toEqual([])
  })

  it('a later edit of ours to the same field stands on the earlier one, not on the server', () => {
    const first = update({ severity: 3 }, 'op-1')
    const second = update({ severity: 4 }, 'op-2', anAlert({ severity: 3 }))
    expect(conflictsWith(second, anAlert(), { pending: [first, second] })).toEqual([])
    expect(conflictsWith(second, anAlert({ severity: 3 }), { pending: [second] })).toEqual([])
  })

  it('an alert somebody put into another case conflicts with our promotion', () => {
    const payload = { choices: {}, predicted: aCase({ id: 'local:case' }) }
    const operation = anOperation('alert.promote', payload, { base: { caseId: null } })
    expect(conflictsWith(operation, anAlert({ caseId: '~77' }), { pending: [operation] })).toMatchObject([
      { field: 'caseId', mine: 'local:case', theirs: '~77' },
    ])
  })

  it('a merge that somebody else already made is no conflict', () => {
    const operation = anOperation('alert.merge', { caseId: '~9' }, { base: { caseId: null } })
    expect(conflictsWith(operation, anAlert({ caseId: '~9' }), { pending: [operation] })).toEqual([])
  })
})

describe('marks that have two values', () => {
  it.each([
    ['read', anOperation('alert.read', { read: true }, { base: { read: false } }), anAlert({ read: true })],
    ['an absent read mark', anOperation('alert.read', { read: true }, { base: { read: false } }), anAlert()],
    ['follow', anOperation('alert.follow', { follow: false }, { base: { follow: true } }), anAlert()],
  ])('never conflict: %s', (_, operation, theirs) => {
    expect(conflictsWith(operation, theirs, { pending: [operation] })).toEqual([])
  })
})

describe('rebasedWithout', () => {
  it('lets a later edit stand on what the taken-back one stood on', () => {
    const first = update({ severity: 3 }, 'op-1')
    const second = update({ severity: 4, title: 'T' }, 'op-2', anAlert({ severity: 3 }))
    const [rebased] = rebasedWithout(first, [second])
    expect(rebased?.base).toEqual({ severity: 2, title: 'Encoded PowerShell' })
  })

  it('leaves edits of other fields and other alerts alone', () => {
    const first = update({ severity: 3 }, 'op-1')
    const other = { ...update({ severity: 4 }, 'op-2', anAlert({ severity: 3 })), alertId: '~2' }
    expect(rebasedWithout(first, [update({ title: 'T' }, 'op-3'), other])).toEqual([])
  })
})
