import fc from 'fast-check'
import { expect, it } from 'vitest'
import { likenessOf } from '#main/domain/likeness.ts'
import { PendingIndex } from '#main/domain/pending-index.ts'
import { caseIdOf } from '#main/domain/target.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '#tests/support/make.ts'

const step = fc.record({
  do: fc.constantFrom('put', 'put', 'put', 'drop', 'rename', 'reorder'),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  alertId: fc.constantFrom('~1', 'local:x', 'local:y'),
  severity: fc.constantFrom<3 | 4>(3, 4),
  into: fc.option(fc.constantFrom('~1', '~2', 'local:x', 'local:y'), { nil: undefined }),
  to: fc.constantFrom('~1', '~2'),
})

it('finds the same as looking through the list, whatever came, went, or got its id', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ids = new Map<string, string>()
      const resolve = (id: string) => ids.get(id) ?? id
      const index = new PendingIndex([], resolve)
      let list: Operation[] = []
      for (const one of steps) {
        const { id, severity } = one
        const known = list.find((other) => other.id === id)
        const alertId = known?.alertId ?? one.alertId
        const operation =
          one.into === undefined
            ? anOperation('alert.update', { change: { severity }, effect: {} }, { id, alertId })
            : anOperation('alert.merge', { caseId: one.into }, { id, alertId })
        if (one.do === 'drop') {
          index.drop({ id })
          list = list.filter((other) => other.id !== id)
        } else if (one.do === 'reorder') {
          list = list.toReversed()
          index.reorder(list.map((other) => other.id))
        } else if (one.do === 'put') {
          index.put(operation)
          list = known ? list.map((other) => (other.id === id ? operation : other)) : [...list, operation]
        } else if (one.alertId !== '~1' && !ids.has(one.alertId)) {
          ids.set(one.alertId, one.to)
          index.renamed(one.alertId)
        }
      }
      expect(index.all()).toEqual(list)
      for (const alertId of ['~1', '~2', 'local:x', 'local:y'])
        expect([...index.about(alertId)]).toEqual(
          list.filter((other) => resolve(other.alertId) === resolve(alertId)),
        )
      for (const caseId of ['~1', '~2', 'local:x', 'local:y'])
        expect([...index.linking(caseId)]).toEqual(
          list.filter((other) => resolve(caseIdOf(other) ?? '') === resolve(caseId)),
        )
      list.forEach((one, at) =>
        list.forEach((other, place) => expect(index.isBefore(one, other)).toBe(at < place)),
      )
      for (const operation of list) {
        expect(index.get(operation.id)).toBe(operation)
        const alike = list.filter((other) => likenessOf(other) === likenessOf(operation))
        expect(new Set(index.alike(operation))).toEqual(new Set(alike))
      }
    }),
    { numRuns: 1_000 },
  )
})
