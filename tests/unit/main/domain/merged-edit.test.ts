import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, CustomFieldValue } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { applyEdits } from '#main/domain/child-edits.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import { editedNames, valuesOf } from '#main/domain/custom-fields.ts'
import { fieldEditOf, updatedAlert } from '#main/domain/fold-alert.ts'
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

  it('stay two where the second leaves a stage for which the server assigned: two requests leave the assignee', () => {
    const start = anOperation('alert.update', {
      change: { status: 'InProgress' },
      effect: { stage: 'InProgress', assignee: 'ana' },
    })
    const to = (status: string, stage?: Alert['stage']) =>
      anOperation('alert.update', { change: { status }, effect: stage === undefined ? {} : { stage } })
    expect(mergedEdit(start, to('New', 'New'))).toBeUndefined()
    expect(mergedEdit(start, to('Unknown'))).toBeUndefined()
    expect(mergedEdit(start, to('Ignored', 'Closed'))).toMatchObject({
      payload: { change: { status: 'Ignored' }, effect: { stage: 'Closed', assignee: 'ana' } },
    })
    expect(mergedEdit(start, decided({ severity: 3 }, anAlert()))).toBeDefined()
  })

  it('stay two where a field is set and put back: one edit could not say so', () => {
    const seen = anAlert({ customFields: unit('a') })
    const first = decided({ customFields: unit('b') }, seen)
    const second = decided({ customFields: unit('a') }, updatedAlert(seen, first))
    expect(mergedEdit(first, second)).toBeUndefined()
  })
})

const unit = (value: string) => [{ name: 'unit', type: 'string', value }]
/** The whole set of a case's custom fields, as the service makes the decision. */
const decidedOn = (customFields: CustomFieldValue[], seen: Case) => {
  const draft = { kind: 'case.update', payload: { change: { customFields }, effect: {} } } as const
  return anOperation('case.update', draft.payload, { alertId: '~9', base: baseFor(draft, seen) })
}
const fieldsOf = (known: Case | undefined) =>
  ['unit', 'score', 'owner'].map((name) => valuesOf(known!.customFields, name))

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

  it('of a case go name by name in its custom fields, each on the ground it was decided on', () => {
    let merges = 0
    fc.assert(
      fc.property(fields, fields, fields, fields, (before, one, other, theirs) => {
        const seen = aCase({ customFields: before })
        const first = decidedOn(one, seen)
        const second = decidedOn(other, foldCase(seen, [first])!)
        const merged = mergedEdit(first, second)
        if (merged === undefined) return
        merges += 1
        for (const known of [seen, aCase({ customFields: theirs })])
          expect(fieldsOf(foldCase(known, [merged]))).toEqual(fieldsOf(foldCase(known, [first, second])))
      }),
      { numRuns: 500 },
    )
    expect(merges).toBeGreaterThan(200)
  })

  it('of a case stay two where a custom field is set and put back', () => {
    const seen = aCase({ customFields: unit('a') })
    const first = decidedOn(unit('b'), seen)
    expect(mergedEdit(first, decidedOn(unit('a'), foldCase(seen, [first])!))).toBeUndefined()
  })

  it('of a case claim no field that neither of them set, whatever a colleague set in between', () => {
    const score = (value: string) => [{ name: 'score', type: 'string', value }]
    const first = decidedOn(
      [...unit('b'), ...score('1')],
      aCase({ customFields: [...unit('a'), ...score('1')] }),
    )
    const pulled = [...unit('b'), ...score('2')]
    const second = decidedOn([...unit('c'), ...score('2')], aCase({ customFields: pulled }))
    const merged = mergedEdit(first, second) as OperationOf<'case.update'>
    expect(editedNames(fieldEditOf(merged)!)).toEqual(['unit'])
    expect(fieldsOf(foldCase(aCase({ customFields: [...unit('a'), ...score('1')] }), [merged]))).toEqual([
      ['c'],
      ['1'],
      [],
    ])
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
