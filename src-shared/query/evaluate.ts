import type { CustomFieldValue } from '../model/alert.ts'
import type { Condition, Filter } from './filter.ts'
import { isWithin } from './intervals.ts'
import { meaningOf } from './meaning.ts'
import type { Bound, CustomTest, Meaning } from './meaning.ts'
import { isInNetwork, parseNetwork } from './network.ts'
import type { Subject } from './subject.ts'
import { comparable, isShort, needleOf, passes, prepared } from './text-test.ts'

/** Undefined where the subject does not know enough to say. */
export type Answer = boolean | undefined

/**
 * Whether an alert fits, by looking at it: what the filter language means. The other readers are held to it.
 * @param now ms, the anchor of relative times
 */
export function evaluate(filter: Filter, subject: Subject, now: number): Answer {
  switch (filter.op) {
    case 'any':
      return true
    case 'and':
      return every(filter.of.map((part) => evaluate(part, subject, now)))
    case 'or':
      return opposite(every(filter.of.map((part) => opposite(evaluate(part, subject, now)))))
    case 'not':
      return opposite(evaluate(filter.of, subject, now))
    default:
      return evaluateCondition(filter, subject, now)
  }
}

const opposite = (answer: Answer): Answer => (answer === undefined ? undefined : !answer)

function every(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

const some = <T>(values: readonly T[] | undefined, test: (value: T) => boolean): Answer => values?.some(test)

function evaluateCondition(condition: Condition, subject: Subject, now: number): Answer {
  const meaning = meaningOf(condition, now)
  switch (meaning.kind) {
    case 'opposite':
      return opposite(evaluate(meaning.of, subject, now))
    case 'text':
      return some(subject.texts[meaning.field], textTest(meaning))
    case 'ordered':
      return some(subject.numbers[meaning.field], (value) => isWithin(value, meaning.intervals))
    case 'flag':
      return subject.flags[meaning.field] === undefined
        ? undefined
        : subject.flags[meaning.field] === meaning.value
    case 'has':
      return some(subject.texts[meaning.field], () => true)
    case 'network':
      return some(subject.texts.observable, networkTest(meaning.value))
    case 'search':
      return search(meaning.value, subject)
    case 'custom':
      return some(
        subject.custom,
        (field) => field.name === meaning.name && customPasses(field, meaning.tests),
      )
  }
}

/** An observable's values come folded, so what is asked of them is folded too, whatever the operator. */
function textTest({ field, op, values }: Extract<Meaning, { kind: 'text' }>): (text: string) => boolean {
  if (field === 'observable') return (text) => values.some((value) => passes(op, needleOf(value), text))
  const wanted = values.map((value) => prepared(op, value))
  return (text) => {
    const own = comparable(op, text)
    return wanted.some((one) => passes(op, one, own))
  }
}

function networkTest(value: string): (text: string) => boolean {
  const network = parseNetwork(value)
  return (text) => network !== undefined && isInNetwork(text, network)
}

function search(text: string, { texts, words }: Subject): Answer {
  const needle = needleOf(text)
  if (isShort(needle)) return some(texts.title, (title) => comparable('contains', title).includes(needle))
  return some(words, (word) => word.includes(needle))
}

function customPasses({ value }: CustomFieldValue, tests: readonly CustomTest[]): boolean {
  return value !== null && tests.some((test) => customTest(value, test))
}

function customTest(value: string | number | boolean, test: CustomTest): boolean {
  switch (test.kind) {
    case 'present':
      return true
    case 'text':
      return (
        typeof value === 'string' &&
        passes(test.op, prepared(test.op, test.value), comparable(test.op, value))
      )
    case 'number':
      return typeof value === 'number'
        ? test.bounds.every((bound) => holds(value, bound))
        : value === test.text
    case 'flag':
      return value === test.value || value === test.text
  }
}

function holds(value: number, { op, value: limit }: Bound): boolean {
  if (op === 'gt') return value > limit
  if (op === 'gte') return value >= limit
  return op === 'lt' ? value < limit : value <= limit
}
