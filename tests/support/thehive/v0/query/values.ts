import { ordered } from '../../query/compile-filter.ts'
import type { Dialect } from './dialect.ts'

type Test = (value: unknown) => boolean

const isAbsent = (value: unknown) => value === undefined || value === null

/** A list satisfies what one of its members satisfies; what is not there satisfies nothing. */
export const anyOf =
  (accept: Test): Test =>
  (value) => {
    if (isAbsent(value)) return false
    return Array.isArray(value) ? value.some(accept) : accept(value)
  }

export const hasValue: Test = (value) => (Array.isArray(value) ? value.length > 0 : !isAbsent(value))

export const equals = ({ loose }: Dialect, wanted: unknown): Test =>
  anyOf((value) => value === wanted || (loose && String(value) === String(wanted)))

export function inRange(
  low: (order: number) => boolean,
  from: unknown,
  high: (order: number) => boolean,
  to: unknown,
): Test {
  return anyOf((value) => low(ordered(value, from)) && high(ordered(value, to)))
}

export const compares = (accept: (order: number) => boolean, wanted: unknown): Test =>
  anyOf((value) => accept(ordered(value, wanted)))

const escape = (text: string) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')

/** A whole text in which `*` stands for anything and `?` for one character. */
function pattern(wanted: string, flags: string): RegExp {
  return new RegExp(`^${escape(wanted).replaceAll('*', '.*').replaceAll('?', '.')}$`, flags)
}

/** Elasticsearch's wildcard: the whole value, letter case aside as analysis does. */
export function wildcard(wanted: string): Test {
  const whole = pattern(wanted, 'isu')
  return anyOf(
    (value) => whole.test(String(value)) || wordsOf(String(value)).some((word) => whole.test(word)),
  )
}

/** TheHive 4: wildcards count at the ends alone; a text without any must be equal. */
export function endWildcards(wanted: string): Test {
  const [opens, closes] = [wanted.startsWith('*'), wanted.length > 1 && wanted.endsWith('*')]
  const inner = wanted.slice(opens ? 1 : 0, closes ? -1 : undefined)
  return anyOf((value) => {
    const text = String(value)
    if (opens && closes) return text.includes(inner)
    if (opens) return text.endsWith(inner)
    return closes ? text.startsWith(inner) : text === inner
  })
}

/** TheHive 4: the text begins or ends like this, to the letter; a `*` is a letter here. */
export const atItsEnd = (where: 'start' | 'end', wanted: string): Test =>
  anyOf((value) => (where === 'start' ? String(value).startsWith(wanted) : String(value).endsWith(wanted)))

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** Elasticsearch's match: one of the words is in the text. */
export function matches(wanted: string): Test {
  const words = new Set(wordsOf(wanted))
  return anyOf((value) => wordsOf(String(value)).some((word) => words.has(word)))
}
