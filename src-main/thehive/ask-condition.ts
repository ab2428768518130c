import { papValues } from '#shared/model/scales.ts'
import type { Condition } from '#shared/query/filter.ts'
import { isWithin } from '#shared/query/intervals.ts'
import { meaningOf } from '#shared/query/meaning.ts'
import type { Bound, CustomTest, Meaning } from '#shared/query/meaning.ts'
import type { Interval } from '#shared/query/moment.ts'
import { tlpValues } from '#shared/model/scales.ts'
import { atLeast, exactly, oneOf, opposite } from './compile-filter.ts'
import type { Asked, WireFilter } from './compile-filter.ts'
import type { TlpScale } from './scales.ts'

type Ordered = Extract<Meaning, { kind: 'ordered' }>
export type TextMeaning = Extract<Meaning, { kind: 'text' }>

/** How one flavour spells its operators and names its fields. What it answers undefined for, it cannot be asked. */
export type Dialect = {
  everything: WireFilter
  scale: TlpScale
  is: (field: string, value: string | number | boolean) => WireFilter
  among: (field: string, values: readonly (string | number)[]) => WireFilter
  compare: (op: Bound['op'], field: string, value: number) => WireFilter
  /** Whole numbers, both ends included. */
  between: (field: string, from: number, to: number) => WireFilter
  has: (field: string) => WireFilter
  /** The wire's names; a field that is not here cannot be asked for. */
  names: Partial<Record<string, string>>
  stamps: { createdAt: string; updatedAt: string }
  text: (meaning: TextMeaning, name: string) => Asked
  /** Where they are no plain fields of the server's. */
  stage: (value: string) => Asked
  status: (value: string) => Asked
  read: WireFilter
  custom: { name: (name: string, type: string) => string; types: ReadonlyMap<string, string> }
}

/** @param now ms, the anchor of relative times */
export function askCondition(condition: Condition, dialect: Dialect, now: number): Asked {
  const meaning = meaningOf(condition, now)
  switch (meaning.kind) {
    case 'opposite':
      return opposite(askCondition(meaning.of, dialect, now))
    case 'text':
      return askText(meaning, dialect)
    case 'ordered':
      return askOrdered(meaning, dialect)
    case 'flag':
      return askFlag(meaning, dialect)
    case 'has':
      return named(dialect, meaning.field, (name) => exactly(dialect.has(name)))
    case 'custom':
      return askCustom(meaning, dialect)
    case 'search':
    case 'network':
      // No server searches as Forager does: refanged, across fields, in an alert's observables.
      return undefined
  }
}

const named = ({ names }: Dialect, field: string, ask: (name: string) => Asked): Asked => {
  const name = names[field]
  return name === undefined ? undefined : ask(name)
}

function askText(meaning: TextMeaning, dialect: Dialect): Asked {
  if (meaning.field === 'stage' || meaning.field === 'status') {
    const ask = meaning.field === 'stage' ? dialect.stage : dialect.status
    return meaning.op === 'eq' ? oneOf(meaning.values.map(ask)) : undefined
  }
  return named(dialect, meaning.field, (name) => dialect.text(meaning, name))
}

/** Equal to one of the values. */
export function equals(
  { is, among }: Pick<Dialect, 'is' | 'among'>,
  name: string,
  values: readonly (string | number)[],
): WireFilter {
  const [first, ...more] = values
  return first !== undefined && more.length === 0 ? is(name, first) : among(name, values)
}

function askFlag({ field, value }: Extract<Meaning, { kind: 'flag' }>, dialect: Dialect): Asked {
  if (field === 'read') return value ? exactly(dialect.read) : opposite(exactly(dialect.read))
  // A server shows nothing that it does not show.
  if (field === 'gone') return exactly(value ? { _not: dialect.everything } : dialect.everything)
  return exactly(dialect.is('follow', value))
}

function askOrdered(meaning: Ordered, dialect: Dialect): Asked {
  const { field, intervals } = meaning
  switch (field) {
    case 'severity':
      return askValues(
        dialect,
        field,
        [1, 2, 3, 4].filter((one) => isWithin(one, intervals)),
      )
    case 'tlp':
      // By meaning: the numbers are those whose meaning fits, whatever they are on this server.
      return askValues(
        dialect,
        field,
        numbersOf(dialect.scale.fromWire, (one) => isWithin(tlpValues.indexOf(one), intervals)),
      )
    case 'pap':
      return askValues(
        dialect,
        field,
        numbersOf(papValues, (one) => isWithin(papValues.indexOf(one), intervals)),
      )
    case 'date':
      return exactly(inRanges(dialect, 'date', intervals))
    case 'createdAt':
      return exactly(inRanges(dialect, dialect.stamps.createdAt, intervals))
    case 'updatedAt':
      return exactly(touchedIn(dialect, intervals))
    default:
      return undefined
  }
}

const numbersOf = <T>(scale: readonly T[], fits: (value: T) => boolean): number[] =>
  scale.flatMap((value, number) => (fits(value) ? [number] : []))

function askValues(dialect: Dialect, field: string, values: readonly number[]): Asked {
  if (values.length === 0) return exactly({ _not: dialect.everything })
  return named(dialect, field, (name) => exactly(equals(dialect, name, values)))
}

function inRanges(dialect: Dialect, name: string, intervals: readonly Interval[]): WireFilter {
  const queries = intervals.map((interval) => inRange(dialect, name, interval))
  const [first = dialect.everything, ...more] = queries
  return more.length > 0 ? { _or: queries } : first
}

function inRange(
  { everything, compare, between }: Dialect,
  name: string,
  { from, to }: Interval,
): WireFilter {
  if (from === -Infinity) return to === Infinity ? everything : compare('lte', name, to)
  return to === Infinity ? compare('gte', name, from) : between(name, from, to)
}

/** The last change, or the creation of what never changed. */
function touchedIn(dialect: Dialect, intervals: readonly Interval[]): WireFilter {
  const { createdAt, updatedAt } = dialect.stamps
  const untouched = { _and: [{ _not: dialect.has(updatedAt) }, inRanges(dialect, createdAt, intervals)] }
  return { _or: [inRanges(dialect, updatedAt, intervals), untouched] }
}

/** Only where the catalog tells the field's type: a server refuses a value of another. */
function askCustom({ name, tests }: Extract<Meaning, { kind: 'custom' }>, dialect: Dialect): Asked {
  const type = dialect.custom.types.get(name)
  if (type === undefined) return undefined
  const field = dialect.custom.name(name, type)
  return oneOf(tests.map((test) => askCustomTest(test, { dialect, field, type })))
}

function askCustomTest(
  test: CustomTest,
  { dialect, field, type }: { dialect: Dialect; field: string; type: string },
): Asked {
  const isText = type === 'string' || type === 'url'
  switch (test.kind) {
    case 'present':
      // A value that was emptied may count as there.
      return atLeast(dialect.has(field))
    case 'text':
      return isText && test.op === 'eq' ? exactly(dialect.is(field, test.value)) : undefined
    case 'flag':
      if (isText) return exactly(dialect.is(field, test.text))
      return type === 'boolean' ? exactly(dialect.is(field, test.value)) : undefined
    case 'number': {
      if (isText) return test.text === undefined ? undefined : exactly(dialect.is(field, test.text))
      if (type === 'boolean') return undefined
      return askBounds(test.bounds, { dialect, field, isWhole: type === 'integer' || type === 'date' })
    }
  }
}

/**
 * A field may have several values: one of them must be within both bounds, which only equality and a range ask. Ranges are
 * asked for whole numbers alone: their upper end is the next one.
 */
function askBounds(
  bounds: readonly Bound[],
  { dialect, field, isWhole }: { dialect: Dialect; field: string; isWhole: boolean },
): Asked {
  const { is, compare, between } = dialect
  const [low, high] = bounds
  if (low === undefined) return undefined
  if (high === undefined) return exactly(compare(low.op, field, low.value))
  const isRange = low.op === 'gte' && high.op === 'lte'
  if (isRange && low.value === high.value) return exactly(is(field, low.value))
  const canRange = isWhole && Number.isInteger(low.value) && Number.isInteger(high.value)
  if (isRange && canRange) return exactly(between(field, low.value, high.value))
  return atLeast({ _and: bounds.map(({ op, value }) => compare(op, field, value)) })
}
