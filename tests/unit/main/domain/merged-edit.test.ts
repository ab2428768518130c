import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { applyEdits } from '#main/domain/child-edits.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import { valuesOf } from '#main/domain/custom-fields.ts'
import { updatedAlert } from '#main/domain/fold-alert.ts'
import { foldCase } from '#main/domain/fold-case.ts'
import { mergedEdit } from '#main/domain/merged-edit.ts'
import { alertChange, customField } from '#tests/support/arbitraries.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

type Update = OperationOf<'alert.update'>

/** Few tags and few values, so that edits meet. */
const fewTags = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
const edit = fc
  .record({ change: alertChange, addTags: fewTags, removeTags: fewTags })
  .map(({ change, ...tags }) => ({ ...change, ...tags }))
const fields = fc.array(customField, { maxLength: 3 })

/** As the service makes it: what the analyst saw is what the decisions before came to. */
const decided = (change: Update['payload']['change'], seen: Alert): Update => {
  const draft = { kind: 'alert.update', payload: { change, effect: {} } } as const
  return anOperation('alert.update', draft.payload, { base: baseFor(draft, seen) }) as Update
}

/** What matters of an alert: tags are a set, custom fields values by name. */
const seenAs = ({ tags, customFields, ...rest }: Alert) => ({
  ...rest,
  tags: new Set(tags),
  fields: ['unit', 'score', 'owner'].map((name) => valuesOf(customFields, name)),
})

describe('two edits of an alert as one', () => {
  it('laid over any alert come to the same as both in their order', () => {
    let merges = 0
    const seed = fc.tuple(fewTags, fields, fewTags, fields)
    fc.assert(
      fc.property(seed, edit, edit, ([tags, customFields, otherTags, otherFields], one, other) => {
        const seen = anAlert({ tags: [...new Set(tags)], customFields })
        const first = decided(one, seen)
        const second = decided(other, updatedAlert(seen, first))
        const merged = mergedEdit(first, second) as Update | undefined
        if (merged === undefined) return
        merges += 1
        const theirs = anAlert({ tags: [...new Set(otherTags)], customFields: otherFields, severity: 4 })
        for (const alert of [seen, theirs])
          expect(seenAs(updatedAlert(alert, merged))).toEqual(
            seenAs(updatedAlert(updatedAlert(alert, first), second)),
          )
      }),
      { numRuns: 500 },
    )
    expect(merges).toBeGreaterThan(200)
  })

  it('stand on what the first stood on', () => {
    const seen = anAlert()
    const first = decided({ severity: 3 }, seen)
    const second = decided({ severity: 4, title: 'T' }, updatedAlert(seen, first))
    expect(mergedEdit(first, second)?.base).toEqual({ severity: 2, title: seen.title })
  })

  it('say of a tag what was said last, and of each tag one thing', () => {
    const first = decided({ addTags: ['x'], removeTags: ['y'] }, anAlert())
    const second = decided({ addTags: ['y'], removeTags: ['x'] }, anAlert())
    expect(mergedEdit(first, second)?.payload).toEqual({
      change: { addTags: ['y'], removeTags: ['x'] },
      effect: {},
    })
  })

  it('stay two where the server gives the alert to whoever closes it', () => {
    const first = decided({ assignee: 'bo' }, anAlert())
    const closing = anOperation('alert.update', {
      change: { status: 'Ignored' },
      effect: { stage: 'Closed', assignee: 'ana' },
    })
    expect(mergedEdit(first, closing)).toBeUndefined()
    expect(mergedEdit(closing, first)).toBeUndefined()
  })

  it('stay two where a field is set and put back: one edit could not say so', () => {
    const unit = (value: string) => [{ name: 'unit', type: 'string', value }]
    const seen = anAlert({ customFields: unit('a') })
    const first = decided({ customFields: unit('b') }, seen)
    const second = decided({ customFields: unit('a') }, updatedAlert(seen, first))
    expect(mergedEdit(first, second)).toBeUndefined()
  })
})

describe('two edits of something else', () => {
  it('of a case come to the same as both, unless both set its status', () => {
    const update = (change: OperationOf<'case.update'>['payload']['change']) =>
      anOperation('case.update', { change, effect: {} }, { alertId: '~9' }) as OperationOf<'case.update'>
    const [first, second] = [
      update({ title: 'A', addTags: ['x'] }),
      update({ title: 'B', removeTags: ['x'] }),
    ]
    const merged = mergedEdit(first, second) as OperationOf<'case.update'>
    expect(foldCase(aCase(), [merged])).toEqual(foldCase(aCase(), [first, second]))
    expect(mergedEdit(update({ status: 'Closed' }), update({ status: 'New' }))).toBeUndefined()
  })

  it('of an observable come to the same as both', () => {
    const update = (change: OperationOf<'observable.update'>['payload']['change']) =>
      anOperation('observable.update', { observableId: '~o1', change })
    const first = update({ ioc: true, addTags: ['x'], message: 'one' })
    const second = update({ message: 'two', addTags: ['y'] })
    const merged = mergedEdit(first, second) as OperationOf<'observable.update'>
    const after = (...edits: OperationOf<'observable.update'>[]) =>
      applyEdits(
        'observable',
        [anObservable()],
        edits.map(({ payload }) => ({
          ...({ entity: 'observable', do: 'change' } as const),
          ...{ id: payload.observableId, change: payload.change },
        })),
      )
    expect(after(merged)).toEqual(
      after(first as OperationOf<'observable.update'>, second as OperationOf<'observable.update'>),
    )
  })

  it('of a comment and of a procedure are the last words and all that was set', () => {
    const words = (message: string, base: object) =>
      anOperation('comment.edit', { commentId: '~c1', message }, { base: { ...base } })
    expect(mergedEdit(words('b', { message: 'a' }), words('c', { message: 'b' }))).toMatchObject({
      payload: { message: 'c' },
      base: { message: 'a' },
    })
    const procedure = (change: OperationOf<'procedure.edit'>['payload']['change']) =>
      anOperation('procedure.edit', { procedureId: '~p1', change })
    expect(mergedEdit(procedure({ description: 'x' }), procedure({ occurDate: 3 }))?.payload).toEqual({
      procedureId: '~p1',
      change: { description: 'x', occurDate: 3 },
    })
  })

  it('of different kinds stay two', () => {
    const comment = anOperation('comment.edit', { commentId: '~c1', message: 'x' })
    expect(mergedEdit(comment, decided({ severity: 3 }, anAlert()))).toBeUndefined()
    expect(mergedEdit(anOperation('alert.delete', {}), anOperation('alert.delete', {}))).toBeUndefined()
  })
})
