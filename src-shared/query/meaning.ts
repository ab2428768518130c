import type { FlagField, OptionalField, OrderedField, TextField } from './fields.ts'
import { flagFields, textFields } from './fields.ts'
import type { Condition, CustomCondition, CustomValue } from './filter.ts'
import type { TextCondition } from './filter.ts'
import { intervalsOf } from './intervals.ts'
import { intervalOfMoment } from './moment.ts'
import type { Interval } from './moment.ts'

export type PlainTextOperator = 'eq' | 'contains' | 'like' | 'startsWith' | 'endsWith'

/** What one condition says, with times resolved and sugar gone: all that a reader has to know. Of several values one is enough. */
export type Meaning =
  /** `ne`: true wherever the other is not, also where the field is absent. */
  | { kind: 'opposite'; of: Condition }
  | { kind: 'text'; field: TextField | 'stage'; op: PlainTextOperator; values: readonly string[] }
  | { kind: 'ordered'; field: OrderedField; intervals: readonly Interval[] }
  | { kind: 'flag'; field: FlagField; value: boolean }
  | { kind: 'network'; value: string }
  | { kind: 'search'; value: string }
  | { kind: 'has'; field: OptionalField }
  | { kind: 'custom'; name: string; tests: readonly CustomTest[] }

/** `number`: numeric values within both bounds, and, where it says so, text that reads the same. */
export type CustomTest =
  | { kind: 'present' }
  | { kind: 'text'; op: PlainTextOperator; value: string }
  | { kind: 'number'; bounds: readonly Bound[]; text?: string }
  | { kind: 'flag'; value: boolean; text: string }
export type Bound = { op: 'gt' | 'gte' | 'lt' | 'lte'; value: number }

type FlagCondition = Extract<Condition, { field: FlagField }>
const texts: ReadonlySet<string> = new Set([...textFields, 'stage'])
const isText = (condition: Condition): condition is TextCondition => texts.has(condition.field)
const flags: ReadonlySet<string> = new Set(flagFields)
export const isFlag = (condition: Condition): condition is FlagCondition => flags.has(condition.field)

/** @param now ms, the anchor of relative times */
export function meaningOf(condition: Condition, now: number): Meaning {
  if (condition.op === 'ne') return { kind: 'opposite', of: { ...condition, op: 'eq' } }
  if (condition.op === 'within') return { kind: 'network', value: condition.value }
  if (condition.field === 'customField') return customMeaning(condition, now)
  if (condition.op === 'has') return { kind: 'has', field: condition.field }
  if (condition.field === 'text') return { kind: 'search', value: condition.value }
  if (isFlag(condition)) return { kind: 'flag', field: condition.field, value: condition.value }
  if (isText(condition)) return textMeaning(condition)
  return { kind: 'ordered', field: condition.field, intervals: intervalsOf(condition, now) }
}

function textMeaning(condition: TextCondition): Meaning {
  const { field } = condition
  if (condition.op === 'in') return { kind: 'text', field, op: 'eq', values: condition.values }
  const op = condition.op === 'ne' ? 'eq' : condition.op
  return { kind: 'text', field, op, values: [condition.value] }
}

function customMeaning(
  condition: CustomCondition | Extract<Condition, { op: 'has'; field: 'customField' }>,
  now: number,
): Meaning {
  return { kind: 'custom', name: condition.name, tests: customTests(condition, now) }
}

function customTests(condition: Parameters<typeof customMeaning>[0], now: number): readonly CustomTest[] {
  switch (condition.op) {
    case 'has':
      return [{ kind: 'present' }]
    case 'eq':
    case 'ne':
      return [customEquals(condition.value, now)]
    case 'in':
      return condition.values.map((value) => customEquals(value, now))
    case 'between': {
      const from = bound('gte', condition.from, now)
      return [{ kind: 'number', bounds: [from, bound('lte', condition.to, now)] }]
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return [{ kind: 'number', bounds: [bound(condition.op, condition.value, now)] }]
    default:
      return [{ kind: 'text', op: condition.op, value: condition.value }]
  }
}

function customEquals(value: CustomValue, now: number): CustomTest {
  if (typeof value === 'string') return { kind: 'text', op: 'eq', value }
  if (typeof value === 'boolean') return { kind: 'flag', value, text: String(value) }
  const bounds = [bound('gte', value, now), bound('lte', value, now)]
  return { kind: 'number', bounds, ...(typeof value === 'number' && { text: String(value) }) }
}

/** A moment is the time it covers: later than a day is after its end, up to a day includes it. */
function bound(op: Bound['op'], value: number | { moment: string }, now: number): Bound {
  if (typeof value === 'number') return { op, value }
  const { from, to } = intervalOfMoment(value.moment, now) ?? { from: Number.NaN, to: Number.NaN }
  return { op, value: op === 'gt' || op === 'lte' ? to : from }
}
