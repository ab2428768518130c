import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import type { OperationEdit } from '#shared/model/operation-edit.ts'
import { editBegun } from '#main/domain/edit-begun.ts'

const update = (change: AlertChange): OperationEdit => ({ kind: 'alert.update', change })
const comment = (message: string): OperationEdit => ({ kind: 'comment.edit', message })
const field = (name: string, value: string) => ({ name, type: 'string', value })

describe('an edit of a decision that waits', () => {
  it('is what was written where nothing came of the decision meanwhile', () => {
    const before = update({ severity: 2, tlp: 'red', addTags: ['x'] })
    const edit = update({ severity: 3, addTags: ['x', 'y'] })
    expect(editBegun(edit, before, before)).toEqual(edit)
  })

  it('keeps a colleague’s words that were merged into it', () => {
    const before = update({ description: 'a\n\nb', severity: 2 })
    const now = update({ description: 'a\n\nb\n\nby Ben', severity: 2 })
    expect(editBegun(update({ description: 'mine\n\nb', severity: 3 }), before, now)).toEqual(
      update({ description: 'mine\n\nb\n\nby Ben', severity: 3 }),
    )
    expect(editBegun(update({ description: 'a\n\nb', severity: 3 }), before, now)).toEqual(
      update({ description: 'a\n\nb\n\nby Ben', severity: 3 }),
    )
    expect(editBegun(comment('a\n\nmine'), comment('a\n\nb'), comment('by Ben\n\nb'))).toEqual(
      comment('by Ben\n\nmine'),
    )
  })

  it('sets no custom field that it does not show', () => {
    const fields = (unit: string) => [field('unit', unit), field('score', '1')]
    const edit = update({ severity: 3, customFields: fields('a') })
    expect(
      editBegun(edit, update({ customFields: fields('a') }), update({ customFields: fields('b') })),
    ).toEqual(update({ severity: 3, customFields: fields('b') }))
  })

  it('does not fit where both are in the same place', () => {
    expect(editBegun(comment('mine'), comment('a'), comment('by Ben'))).toBeUndefined()
    expect(
      editBegun(update({ severity: 3 }), update({ severity: 2 }), update({ severity: 4 })),
    ).toBeUndefined()
  })
})
