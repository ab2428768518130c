import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, AlertChange, CustomFieldValue } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { seenOf } from '#shared/model/seen-values.ts'
import { begunOn } from '#main/domain/begun-on.ts'
import { baseFor, conflictsWith, mergedWith } from '#main/domain/conflicts.ts'
import { editedNames, valuesOf } from '#main/domain/custom-fields.ts'
import { fold } from '#main/domain/fold.ts'
import { namedEditOf } from '#main/domain/fold-alert.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import { alertChange, customField } from '#tests/support/arbitraries.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'

const decided = (change: AlertChange, seen: Alert, id = 'op'): Operation => {
  const payload = { change, effect: {} }
  return anOperation('alert.update', payload, { id, base: baseFor({ kind: 'alert.update', payload }, seen) })
}
/** An edit of `was` that is decided once the copy shows `now`. */
const begun = (change: AlertChange, { was, now }: { was: Alert; now: Alert }, ours: Operation[] = []) =>
  begunOn(decided(change, now), seenOf(was, change), { seen: now, ours })

const described = (description: string) => anAlert({ description })
const field = (name: string, value: CustomFieldValue['value']) => ({ name, type: 'string', value })
const fielded = (unit: string, score: string) =>
  anAlert({ customFields: [field('unit', unit), field('score', score)] })

describe('a decision whose edit took a while', () => {
  it('keeps a line that came in, and stands on it', () => {
    const one = begun(
      { description: 'mine\nb' },
      { was: described('a\nb'), now: described('a\nb\n\nby Ben') },
    )
    expect(one).toMatchObject({
      state: 'ready',
      payload: { change: { description: 'mine\nb\n\nby Ben' } },
      base: { description: 'a\nb\n\nby Ben' },
    })
  })

  it('is put before the analyst where the same place, or the same field, is another by now', () => {
    const texts = begun({ description: 'mine' }, { was: described('a'), now: described('by Ben') })
    expect(texts).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'description', base: 'a', mine: 'mine', theirs: 'by Ben' }],
      base: { description: 'a' },
    })
    const was = anAlert({ severity: 2, tlp: 'amber' })
    const both = begun({ severity: 4, tlp: 'red' }, { was, now: anAlert({ severity: 1, tlp: 'amber' }) })
    expect(both).toMatchObject({ state: 'conflict', conflicts: [{ field: 'severity', theirs: 1 }] })
    expect(both.conflicts).toHaveLength(1)
  })

  it('is no conflict where they agree, and leads back to what is there', () => {
    const now = anAlert({ severity: 4 })
    expect(begun({ severity: 4 }, { was: anAlert(), now })).toMatchObject({
      state: 'ready',
      base: { severity: 4 },
    })
  })

  it('sets the custom fields that were touched, and no others', () => {
    const { customFields } = fielded('mine', 'g1')
    const one = begun({ customFields }, { was: fielded('f1', 'g1'), now: fielded('f1', 'g2') })
    expect(editedNames(namedEditOf(one)!)).toEqual(['unit'])
    expect(fold(fielded('f1', 'g2'), [one]).alert?.customFields).toEqual(
      expect.arrayContaining(fielded('mine', 'g2').customFields),
    )
    expect(one.base).toEqual({ customFields: fielded('f1', 'g2').customFields })
  })

  it('is in conflict over a custom field that both set, and over that one only', () => {
    const { customFields } = fielded('mine', 'g1')
    const one = begun({ customFields }, { was: fielded('f1', 'g1'), now: fielded('by Ben', 'g2') })
    expect(one).toMatchObject({
      state: 'conflict',
      conflicts: [{ field: 'customFields.unit', base: 'f1', mine: 'mine', theirs: 'by Ben' }],
    })
    expect(editedNames(namedEditOf(one)!)).toEqual(['unit'])
  })

  it('follows a decision of one’s own that was made on the same value', () => {
    const was = anAlert({ severity: 2, customFields: [field('unit', null)] })
    const own = decided({ severity: 3, customFields: [field('unit', 'x')] }, was, 'own')
    const now = fold(was, [own]).alert!
    const change = { severity: 4, customFields: [field('unit', 'y')] } as const
    expect(begun({ ...change, customFields: [...change.customFields] }, { was, now }, [own])).toMatchObject({
      state: 'ready',
      base: { severity: 3, customFields: [{ value: 'x' }] },
    })
    const theirs = anAlert({ severity: 1, customFields: [field('unit', 'by Ben')] })
    const behind = decided({ severity: 3 }, theirs, 'own')
    expect(begun({ severity: 4 }, { was, now: fold(theirs, [behind]).alert! }, [behind])).toMatchObject({
      state: 'conflict',
    })
  })

  it('comes to the same as one that was decided at once and compared when they came in', () => {
    const fields = fc.array(customField, { maxLength: 3 })
    const set = alertChange.filter((change) => Object.keys(change).some((key) => !key.endsWith('Tags')))
    const texts = fc.constantFrom('a\n\nb', 'a\n\nb\n\nc', 'x\n\nb', 'y')
    const alert = fc
      .record({ severity: fc.constantFrom(1, 2), description: texts, customFields: fields })
      .map((over) => anAlert(over as Partial<Alert>))
    fc.assert(
      fc.property(set, texts, alert, alert, (change, description, was, now) => {
        const wanted = { ...change, description }
        const early = decided(wanted, was)
        const none = new PendingIndex([])
        const late = begun(wanted, { was, now })
        expect(late.conflicts ?? []).toEqual(conflictsWith(early, now, none))
        const shown = (one: Operation) => {
          const { customFields, ...rest } = fold(now, [one]).alert!
          return { ...rest, fields: ['unit', 'score', 'owner'].map((name) => valuesOf(customFields, name)) }
        }
        expect(shown(late)).toEqual(shown(mergedWith(early, now, none) ?? early))
        // Whatever is read next says the same.
        expect(conflictsWith(late, now, none)).toEqual(late.conflicts ?? [])
      }),
      { numRuns: 300 },
    )
  })
})
