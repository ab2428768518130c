import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveIds } from '#main/domain/resolve-ids.ts'
import { operation } from '#tests/support/arbitraries.ts'
import { aCase, anOperation } from '#tests/support/make.ts'

const ids = new Map([
  ['local:a', '~1'],
  ['local:c', '~9'],
  ['local:x', '~7'],
])

describe('resolveIds', () => {
  it.each([
    [anOperation('comment.edit', { commentId: 'local:x', message: 'm' }), { commentId: '~7' }],
    [anOperation('comment.add', { localId: 'local:x', message: 'm' }), { localId: '~7' }],
    [
      anOperation('observable.update', { observableId: 'local:x', change: { ioc: true } }),
      { observableId: '~7' },
    ],
    [anOperation('procedure.delete', { procedureId: 'local:x' }), { procedureId: '~7' }],
    [anOperation('attachment.delete', { attachmentId: 'local:x' }), { attachmentId: '~7' }],
    [anOperation('alert.import', { caseId: 'local:c' }), { caseId: '~9' }],
    [
      anOperation('alert.promote', { choices: {}, predicted: aCase({ id: 'local:c' }) }),
      { predicted: { id: '~9' } },
    ],
  ])('$kind', (one, payload) => {
    expect(resolveIds({ ...one, alertId: 'local:a' }, ids)).toMatchObject({ alertId: '~1', payload })
  })

  it('the case an alert was seen in is read by its new id too', () => {
    const unlink = anOperation('alert.unlink', { caseId: 'local:c' }, { base: { caseId: 'local:c' } })
    expect(resolveIds(unlink, ids)).toMatchObject({ payload: { caseId: '~9' }, base: { caseId: '~9' } })
  })

  it('a conflict over its case names ours by the new id too; other fields are left as they are', () => {
    const disputed = { field: 'caseId', base: null, mine: 'local:c', theirs: '~3', theirsBy: 'bo' }
    const title = { field: 'title', base: 'local:c', mine: 'local:x', theirs: 'other' }
    const merge = anOperation('alert.merge', { caseId: 'local:c' }, { conflicts: [disputed, title] })
    expect(resolveIds(merge, ids).conflicts).toEqual([{ ...disputed, mine: '~9' }, title])
  })

  it('no known local id is left in any decision, and resolving twice is resolving once', () => {
    fc.assert(
      fc.property(operation, (one) => {
        const mapped = resolveIds({ ...one, alertId: 'local:a' }, ids)
        expect(JSON.stringify(mapped.payload)).not.toContain('"local:x"')
        expect(resolveIds(mapped, ids)).toEqual(mapped)
      }),
    )
  })
})
