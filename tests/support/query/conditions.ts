import fc from 'fast-check'
import { papValues, stages, tlpValues } from '#shared/model/scales.ts'
import { dateFields, flagFields, numberFields, optionalFields, textFields } from '#shared/query/fields.ts'
import { orderOperators, textOperators } from '#shared/query/filter.ts'
import type { Condition, Filter } from '#shared/query/filter.ts'

/** What values to ask for: words that occur, or anything at all. */
export type Vocabulary = {
  text: fc.Arbitrary<string>
  number: fc.Arbitrary<number>
  moment: fc.Arbitrary<string>
  customName: fc.Arbitrary<string>
  network: fc.Arbitrary<string>
}

const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 2, maxLength: 3 })

/** Comparison, range and list over one ordered scale. */
function ordered(field: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) {
  return [
    fc.record({ op: fc.constantFrom(...orderOperators), field, value }),
    fc.record({ op: fc.constant('between'), field, from: value, to: value }),
    fc.record({ op: fc.constant('in'), field, values: list(value) }),
  ]
}

/** Every kind of condition there is. */
export function condition(words: Vocabulary): fc.Arbitrary<Condition> {
  const { text } = words
  const field = fc.constantFrom(...textFields)
  const stage = fc.constantFrom(...stages)
  const moment = fc.record({ moment: words.moment })
  const custom = { field: fc.constant('customField'), name: words.customName }
  const size = fc.oneof(words.number, moment)
  const customValue = fc.oneof(text, words.number, fc.boolean(), moment)
  return fc.oneof(
    fc.record({ op: fc.constantFrom(...textOperators), field, value: text }),
    fc.record({ op: fc.constant('in'), field, values: list(text) }),
    fc.record({ op: fc.constantFrom('eq', 'ne'), field: fc.constant('stage'), value: stage }),
    fc.record({ op: fc.constant('in'), field: fc.constant('stage'), values: list(stage) }),
    fc.record({ op: fc.constant('contains'), field: fc.constant('text'), value: text }),
    fc.record({ op: fc.constant('within'), field: fc.constant('observable'), value: words.network }),
    ...ordered(fc.constant('severity'), fc.constantFrom(1, 2, 3, 4)),
    ...ordered(fc.constant('tlp'), fc.constantFrom(...tlpValues)),
    ...ordered(fc.constant('pap'), fc.constantFrom(...papValues)),
    ...ordered(fc.constantFrom(...numberFields), fc.nat(20)),
    ...ordered(fc.constantFrom(...dateFields), words.moment),
    fc.record({ op: fc.constant('eq'), field: fc.constantFrom(...flagFields), value: fc.boolean() }),
    fc.record({ op: fc.constant('has'), field: fc.constantFrom(...optionalFields) }),
    fc.record({ op: fc.constant('has'), ...custom }),
    fc.record({ op: fc.constantFrom('eq', 'ne'), ...custom, value: customValue }),
    fc.record({ op: fc.constant('in'), ...custom, values: list(customValue) }),
    fc.record({
      op: fc.constantFrom('contains', 'like', 'startsWith', 'endsWith'),
      ...custom,
      value: text,
    }),
    fc.record({ op: fc.constantFrom('gt', 'gte', 'lt', 'lte'), ...custom, value: size }),
    fc.record({ op: fc.constant('between'), ...custom, from: size, to: size }),
  ) as fc.Arbitrary<Condition>
}

/** Conditions in groups of groups, a few levels deep. */
export function filterOf(leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.constant<Filter>({ op: 'any' }) },
      {
        weight: 3,
        arbitrary: fc.record({
          op: fc.constantFrom('and' as const, 'or' as const),
          of: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('not' as const), of: tie('filter') }) },
    ),
  })).filter
}
