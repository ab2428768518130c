import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { baseFor, conflictsWith } from '#main/domain/conflicts.ts'
import { edited } from '#main/domain/edited-operation.ts'
import type { Editable } from '#main/domain/edited-operation.ts'
import { fold } from '#main/domain/fold.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'

const asIs = (id: string) => id
const start = anAlert({ severity: 2, title: 'start', assignee: 'ana' })

const change: fc.Arbitrary<AlertChange> = fc
  .record(
    {
      severity: fc.constantFrom(1, 2, 3, 4),
      title: fc.constantFrom('start', 'one', 'two'),
      assignee: fc.constantFrom(null, 'ana', 'bo'),
      tlp: fc.constantFrom('amber', 'red'),
      addTags: fc.constant<string[]>(['x']),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0) as fc.Arbitrary<AlertChange>

/** Decided one after the other, each on what the one before led to. */
function decided(changes: readonly AlertChange[]): Operation[] {
  return changes.reduce<Operation[]>((made, one, index) => {
    const payload = { change: one, effect: {} }
    const seen = fold(start, made).alert
    const base = baseFor({ kind: 'alert.update', payload }, seen)
    return [...made, anOperation('alert.update', payload, { id: `op-${index}`, base })]
  }, [])
}

describe('editing a decision in the middle of others', () => {
  it('lets what stood on a field that is left alone now be compared before it is sent', () => {
    const [first, second] = decided([{ severity: 3 }, { severity: 4 }]) as [Editable, Operation]
    const around = { seen: start, later: [second], resolveId: asIs }
    const [left] = edited(first, { change: { title: 'one' }, effect: {} }, around).changed
    expect(left).toEqual({ ...second, base: { severity: 2 }, mustCompare: true })
    const [moved] = edited(first, { change: { severity: 1 }, effect: {} }, around).changed
    expect(moved).toEqual({ ...second, base: { severity: 1 } })
  })

  it('lets a later one set the custom fields that it sets itself, and no others', () => {
    const field = (name: string, value: string) => ({ name, type: 'string', value }) as const
    const unit = field('unit', 'north')
    const score = field('score', '2')
    const [first, second] = decided([{ customFields: [unit] }, { customFields: [unit, score] }])
    const around = { seen: start, later: [second!], resolveId: asIs }
    const other = field('unit', 'south')
    const { changed } = edited(first as Editable, { change: { customFields: [other] }, effect: {} }, around)
    expect(changed).toMatchObject([
      { base: { customFields: [other] }, payload: { change: { customFields: [other, score] } } },
    ])
    const [left] = edited(first as Editable, { change: { title: 'one' }, effect: {} }, around).changed
    expect(left).toMatchObject({ base: { customFields: [] }, payload: { change: { customFields: [score] } } })
  })

  it('makes no conflict of our own, neither for itself nor for those that follow', () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        change,
        (changes, pick, other) => {
          const made = decided(changes)
          const at = pick % made.length
          const before = made[at] as Editable
          const later = made.slice(at + 1)
          const seen = fold(start, made).alert
          const { operation, changed } = edited(
            before,
            { change: other, effect: {} },
            { seen, later, resolveId: asIs },
          )
          const plan = made.map((one) =>
            one.id === operation.id ? operation : (changed.find(({ id }) => id === one.id) ?? one),
          )
          // Sent one by one, each meets a server that has those before it.
          plan.forEach((one, index) => {
            const server = fold(start, plan.slice(0, index)).alert!
            expect(conflictsWith(one, server, new PendingIndex(plan.slice(index)))).toEqual([])
          })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('keeps id, order and what it was decided on: a colleague’s change of the same field is still a conflict', () => {
    const [first, second] = decided([{ severity: 4 }, { severity: 1 }])
    const { operation, changed } = edited(
      first as Editable,
      { change: { severity: 3 }, effect: {} },
      { seen: start, later: [second!], resolveId: asIs },
    )
    expect(operation).toMatchObject({ id: first!.id, base: { severity: 2 } })
    expect(changed).toMatchObject([{ id: second!.id, base: { severity: 3 } }])
    const theirs = { ...start, severity: 1 } as const
    expect(conflictsWith(operation, theirs, new PendingIndex([operation]))).toMatchObject([
      { base: 2, mine: 3, theirs: 1 },
    ])
  })
})
