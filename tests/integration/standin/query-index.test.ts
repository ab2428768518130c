import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf } from '#tests/support/thehive/query/bounds.ts'
import { compileFilter } from '#tests/support/thehive/query/compile-filter.ts'
import type { Filter } from '#tests/support/thehive/query/filter.ts'
import { narrow, rowsOf, select, type SortKey } from '#tests/support/thehive/query/selection.ts'
import { Collection } from '#tests/support/thehive/state/collection.ts'
import type { Stamps } from '#tests/support/thehive/state/types.ts'

const fields: Record<string, (record: Stamps) => unknown> = {
  _createdAt: (record) => record.createdAt,
  _updatedAt: (record) => record.updatedAt,
  _id: (record) => record.id,
}

const stamp = fc.integer({ min: 0, max: 30 })
const record = fc.record({
  createdAt: stamp,
  later: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
})
const field = fc.constantFrom('_createdAt', '_updatedAt')
const { filter } = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      op: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'ne'),
      field,
      value: stamp,
    }) as fc.Arbitrary<Filter>,
    fc.record({ op: fc.constant('between'), field, from: stamp, to: stamp }) as fc.Arbitrary<Filter>,
    fc.record({ op: fc.constant('has'), field }) as fc.Arbitrary<Filter>,
  ),
  filter: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.record({
      op: fc.constantFrom('and', 'or'),
      of: fc.array(tie('filter'), { maxLength: 3 }),
    }) as fc.Arbitrary<Filter>,
    fc.record({ op: fc.constant('not'), of: tie('filter') }) as fc.Arbitrary<Filter>,
  ),
}))
const sortKey = fc
  .record({ name: fc.constantFrom('_createdAt', '_updatedAt'), descending: fc.boolean() })
  .map(({ name, descending }): SortKey => ({ name, descending, field: fields[name] as SortKey['field'] }))

test('the indexes find what looking at every record finds, in the same order', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 25 }),
      filter,
      sortKey,
      fc.nat(10),
      (drafts, wanted, key, stop) => {
        const collection = new Collection<Stamps>()
        const rows = drafts.map(({ createdAt, later }, at): Stamps => {
          const updatedAt = later === undefined ? undefined : createdAt + later
          return collection.add({ id: `~${100 + at}`, revision: 0, createdAt, createdBy: 'x', updatedAt })
        })
        const id: SortKey = { name: '_id', field: fields._id as SortKey['field'], descending: key.descending }
        const sort = [key, id]
        const predicate = compileFilter(wanted, (name) => fields[name], 'Record')
        const indexed = { ...narrow(select(collection), predicate, boundsOf(wanted)), sort }
        const plain = { ...narrow(select(rows), predicate, boundsOf(wanted)), sort }
        const expected = rowsOf(plain)
        expect(rowsOf(indexed)).toEqual(expected)
        expect(rowsOf(indexed, stop).slice(0, stop)).toEqual(expected.slice(0, stop))
      },
    ),
    { numRuns: 500 },
  )
})
