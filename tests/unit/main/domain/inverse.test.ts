import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, CustomFieldValue } from '#shared/model/alert.ts'
import { operationKinds } from '#shared/model/operation.ts'
import type { PayloadOf } from '#shared/model/operation.ts'
import { fold } from '#main/domain/fold.ts'
import { inverseOf } from '#main/domain/inverse.ts'
import type { Now } from '#main/domain/put-back.ts'
import { baseFor } from '#main/domain/conflicts.ts'
import { customField, operationOf } from '#tests/support/arbitraries.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'

const nothing = { observables: [], comments: [], procedures: [], attachments: [], caseName: () => 'case #9' }

type Payload = PayloadOf<'alert.update'>

const decidedOn = (seen: Alert, change: Payload['change']) => {
  const payload = { change, effect: {} }
  return anOperation('alert.update', payload, { base: baseFor({ kind: 'alert.update', payload }, seen) })
}

describe('what can be put back', () => {
  it.each(operationKinds)('of %s: always by ordinary decisions, or with a reason', (kind) => {
    fc.assert(
      fc.property(operationOf(kind), fc.boolean(), (operation, known) => {
        const now: Now = known
          ? { ...nothing, alert: anAlert({ id: operation.alertId }), case: aCase({ id: operation.alertId }) }
          : nothing
        const { putBack, left } = inverseOf(operation, now)
        if (!known) expect(putBack).toEqual([])
        expect(putBack.length + left.length).toBeGreaterThan(0)
        for (const reason of left) expect(reason).toMatch(/\S/)
      }),
      { numRuns: 60 },
    )
  })

  it('a change and its inverse lead back to where it began, if nobody came between', () => {
    const before = anAlert({ severity: 2, title: 'start', tags: ['edr'], assignee: 'bo' })
    const change = fc.record(
      {
        severity: fc.constantFrom(1, 3, 4),
        title: fc.constantFrom('one', 'two'),
        assignee: fc.constantFrom(null, 'ana'),
        summary: fc.constantFrom('s'),
        addTags: fc.constantFrom(['x'], ['edr', 'y']),
        removeTags: fc.constantFrom(['edr'], ['nowhere']),
      },
      { requiredKeys: ['severity'] },
    )
    fc.assert(
      fc.property(change, (wanted) => {
        const { addTags, removeTags, ...rest } = wanted
        // Both lists naming one tag means nothing clear.
        const tags = removeTags?.[0] === 'edr' ? { removeTags } : { addTags, removeTags }
        const payload = { change: { ...rest, ...tags }, effect: {} } as never
        const base = { ...baseFor({ kind: 'alert.update', payload }, before), tags: before.tags }
        const sent = anOperation('alert.update', payload, { base })
        const after = fold(before, [sent]).alert!
        const { putBack } = inverseOf(sent, { ...nothing, alert: after })
        const back = putBack.map((step, index) =>
          anOperation(step.kind, step.payload as never, { id: `back-${index}`, base: {} }),
        )
        const { summary = '', ...found } = fold(after, back).alert!
        const { summary: _none, ...began } = before
        expect({ ...found, tags: found.tags.toSorted() }).toEqual({ ...began, tags: began.tags.toSorted() })
        expect(summary).toBe('')
      }),
    )
  })

  it('of custom fields leads back to which were there and what they said', () => {
    const set = fc.uniqueArray(customField, { maxLength: 3, selector: ({ name }) => name })
    const inOrder = (fields: readonly CustomFieldValue[]) =>
      fields.toSorted((one, other) => one.name.localeCompare(other.name))
    fc.assert(
      fc.property(set, set, (before, customFields) => {
        const seen = anAlert({ customFields: before })
        const sent = decidedOn(seen, { customFields })
        const after = fold(seen, [sent]).alert!
        const { putBack } = inverseOf(sent, { ...nothing, alert: after })
        const back = putBack.map(({ payload }) => decidedOn(after, (payload as Payload).change))
        expect(inOrder(fold(after, back).alert!.customFields)).toEqual(inOrder(before))
      }),
    )
  })
})
