import { describe, expect, it } from 'vitest'
import type { AlertChange, CustomFieldValue } from '#shared/model/alert.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import { restacked } from '#main/domain/restack.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'

function update(change: AlertChange, id = 'op-1', seen = anAlert()) {
  const draft = { kind: 'alert.update', payload: { change, effect: {} } } as const
  return anOperation('alert.update', draft.payload, { id, base: baseFor(draft, seen) })
}

const without = (removed: Operation, later: Operation[]) =>
  restacked({ before: removed, after: undefined }, later)
const disputed = (operation: Operation, ...conflicts: FieldConflict[]): Operation => ({
  ...operation,
  state: 'conflict',
  conflicts,
})

describe('a decision that is taken back', () => {
  it('lets a later edit stand on what it stood on', () => {
    const first = update({ severity: 3 }, 'op-1')
    const second = update({ severity: 4, title: 'T' }, 'op-2', anAlert({ severity: 3 }))
    const [rebased] = without(first, [second])
    expect(rebased?.base).toEqual({ severity: 2, title: 'Encoded PowerShell' })
  })

  it('lets a later edit or deletion be compared before it is sent: nobody compared it while this one stood', () => {
    const first = update({ severity: 3 }, 'op-1')
    const seen = anAlert({ severity: 3 })
    const draft = { kind: 'alert.delete', payload: {} } as const
    const deletion = anOperation('alert.delete', {}, { id: 'op-3', base: baseFor(draft, seen) })
    const edit = update({ severity: 4 }, 'op-2', seen)
    expect(without(first, [edit])).toMatchObject([{ id: 'op-2', mustCompare: true }])
    expect(without(first, [deletion])).toMatchObject([{ id: 'op-3', mustCompare: true }])
    const [onEdited] = restacked({ before: first, after: update({ severity: 1 }, 'op-1') }, [edit])
    expect(onEdited?.base).toEqual({ severity: 1 })
    expect(onEdited?.mustCompare).toBeUndefined()
  })

  it('leaves edits of other fields and other alerts alone', () => {
    const first = update({ severity: 3 }, 'op-1')
    const other = { ...update({ severity: 4 }, 'op-2', anAlert({ severity: 3 })), alertId: '~2' }
    expect(without(first, [update({ title: 'T' }, 'op-3'), other])).toEqual([])
  })

  it('is not what a later edit saw, where one between the two wants the same', () => {
    const second = update({ severity: 4 }, 'op-2', anAlert({ severity: 3 }))
    const third = update({ severity: 3 }, 'op-3', anAlert({ severity: 4 }))
    const last = update({ severity: 1 }, 'op-4', anAlert({ severity: 3 }))
    expect(without(update({ severity: 3 }, 'op-1'), [second, third, last])).toMatchObject([
      { id: 'op-2', base: { severity: 2 } },
    ])
  })

  it('leaves what one that goes next would leave behind: a status it changes beside, in conflict with nobody', () => {
    const close = disputed(update({ status: 'Ignored' }, 'op-1'), {
      ...{ field: 'status', base: 'New', mine: 'Ignored', theirs: 'Duplicate' },
    })
    const draft = { kind: 'alert.merge', payload: { caseId: '~9' } } as const
    const base = baseFor(draft, anAlert({ status: 'Ignored' }))
    const merge = anOperation('alert.merge', draft.payload, { id: 'op-2', base })
    const edit = update({ status: 'Other' }, 'op-3', anAlert({ status: 'Imported' }))
    const [left] = without(close, [merge, edit])
    expect(left).toEqual({ ...merge, base: { caseId: null, read: false, status: 'Duplicate' } })
    expect(without(left!, [edit])).toMatchObject([{ state: 'ready', base: { status: 'Duplicate' } }])
  })

  it('takes along what the server would have done beside it', () => {
    const draft = {
      kind: 'alert.update',
      payload: { change: { status: 'Other' }, effect: { assignee: 'ana' } },
    } as const
    const close = anOperation('alert.update', draft.payload, { base: baseFor(draft, anAlert()) })
    const [assign] = without(close, [update({ assignee: 'bo' }, 'op-2', anAlert({ assignee: 'ana' }))])
    expect(assign?.base).toEqual({ assignee: null })
  })

  it('lets a deletion forget the tags it saw', () => {
    const draft = { kind: 'alert.delete', payload: {} } as const
    const deletion = anOperation(
      'alert.delete',
      {},
      { id: 'op-2', base: baseFor(draft, anAlert({ tags: ['edr', 'x'] })) },
    )
    const [left] = without(update({ addTags: ['x'] }), [deletion])
    expect(left?.base).not.toHaveProperty('tags')
  })
})

describe('a decision given up for a colleague’s value', () => {
  const theirs = { field: 'severity', base: 2, mine: 3, theirs: 1, theirsBy: 'bo' }
  const first = disputed(update({ severity: 3 }, 'op-1'), theirs)

  it('puts a later one of the same field in conflict: nobody chose to overwrite theirs with it', () => {
    const second = update({ severity: 4 }, 'op-2', anAlert({ severity: 3 }))
    expect(without(first, [second])).toMatchObject([
      { state: 'conflict', base: { severity: 2 }, conflicts: [{ ...theirs, mine: 4 }] },
    ])
  })

  it('not one that wants what they want', () => {
    const second = update({ severity: 1 }, 'op-2', anAlert({ severity: 3 }))
    expect(without(first, [second])).toMatchObject([{ state: 'ready', base: { severity: 1 } }])
  })

  it('merges a later text with theirs where the two go together', () => {
    const seen = anAlert({ description: 'a\nb\nc\nd' })
    const conflict = { field: 'description', base: 'a\nb\nc\nd', mine: 'a\nb\nc\nMINE', theirs: 'a\nb\nc\nX' }
    const edit = disputed(update({ description: conflict.mine }, 'op-1', seen), conflict)
    const again = update({ description: 'TOP\nb\nc\nd' }, 'op-2', { ...seen, description: conflict.mine })
    expect(without(edit, [again])).toMatchObject([
      { payload: { change: { description: 'TOP\nb\nc\nX' } }, base: { description: conflict.theirs } },
    ])
  })

  it('disputes a later custom field by its name, and no other', () => {
    const field = (name: string, value: string): CustomFieldValue => ({ name, type: 'string', value })
    const edit = (fields: CustomFieldValue[], id: string, seen: CustomFieldValue[]) =>
      update({ customFields: fields }, id, anAlert({ customFields: seen }))
    const conflict = { field: 'customFields.unit', base: null, mine: 'north', theirs: 'west' }
    const one = disputed(edit([field('unit', 'north')], 'op-1', []), conflict)
    const both = edit([field('unit', 'south'), field('score', '2')], 'op-2', [field('unit', 'north')])
    const other = edit([field('unit', 'north'), field('score', '2')], 'op-3', [field('unit', 'north')])
    expect(without(one, [both])).toMatchObject([
      { state: 'conflict', conflicts: [{ field: 'customFields.unit', mine: 'south', theirs: 'west' }] },
    ])
    expect(without(one, [other])).toMatchObject([
      {
        state: 'ready',
        base: { customFields: [] },
        payload: { change: { customFields: [field('score', '2')] } },
      },
    ])
  })
})

describe('a decision that wants something else now', () => {
  const seen = anAlert({ description: 'a\nb\nc' })
  const first = update({ description: 'a\nb\nC', severity: 3 }, 'op-1', seen)
  const now = update({ description: 'A\nb\nC', severity: 1 }, 'op-1', seen)

  it('is the new ground of later ones, also of those that follow them', () => {
    const second = update({ severity: 4 }, 'op-2', anAlert({ severity: 3 }))
    const third = update({ severity: 2 }, 'op-3', anAlert({ severity: 4 }))
    expect(restacked({ before: first, after: now }, [second, third])).toMatchObject([
      { id: 'op-2', base: { severity: 1 } },
    ])
  })

  it('brings its text along into later edits of it', () => {
    const second = update({ description: 'a\nb\nC\nmore' }, 'op-2', anAlert({ description: 'a\nb\nC' }))
    const third = update(
      { description: 'a\nb\nC\nmore\nend' },
      'op-3',
      anAlert({ description: 'a\nb\nC\nmore' }),
    )
    expect(restacked({ before: first, after: now }, [second, third])).toMatchObject([
      { base: { description: 'A\nb\nC' }, payload: { change: { description: 'A\nb\nC\nmore' } } },
      { base: { description: 'A\nb\nC\nmore' }, payload: { change: { description: 'A\nb\nC\nmore\nend' } } },
    ])
  })

  it('does not vouch for a colleague’s words when the thing is deleted next', () => {
    const edit = (message: string, base: string) =>
      anOperation('comment.edit', { commentId: '~c1', message }, { id: 'e', base: { message: base } })
    const deletion = anOperation(
      'comment.delete',
      { commentId: '~c1' },
      { id: 'd', base: { message: 'a\nb\nC' } },
    )
    const before = edit('a\nb\nC', 'a\nb\nc')
    const merged = edit('A\nb\nC', 'A\nb\nc')
    expect(restacked({ before, after: merged }, [deletion])).toEqual([])
    const chosen = edit('a\nb\nboth', 'a\nb\nX')
    const conflicts = [{ field: 'message', base: 'a\nb\nc', mine: 'a\nb\nC', theirs: 'a\nb\nX' }]
    expect(restacked({ before: { ...before, conflicts }, after: chosen }, [deletion])).toMatchObject([
      { base: { message: 'a\nb\nboth' } },
    ])
  })
})
