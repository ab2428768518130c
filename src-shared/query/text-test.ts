import { foldText } from '../util/fold-text.ts'
import type { PlainTextOperator } from './meaning.ts'

/** A search for fewer characters looks in titles only: nearly every alert has them somewhere. */
export const shortestWord = 3

/** The form in which a searched text is looked for. */
export const needleOf = (text: string): string => foldText(text).trim()
export const isShort = (needle: string): boolean => [...needle].length < shortestWord

/**
 * Whether a text passes, as the filter language means it. The two sides come ready: `contains` folded on both,
 * `like` lower-cased on both ({@link prepared}).
 */
export function passes(op: PlainTextOperator, wanted: string, text: string): boolean {
  switch (op) {
    case 'eq':
      return text === wanted
    case 'contains':
      return text.includes(wanted)
    case 'startsWith':
      return text.startsWith(wanted)
    case 'endsWith':
      return text.endsWith(wanted)
    case 'like':
      return isLike(wanted, text)
  }
}

/** The form in which an operator compares a text of an alert. */
export function comparable(op: PlainTextOperator, text: string): string {
  if (op === 'contains') return foldText(text)
  return op === 'like' ? text.toWellFormed().toLowerCase() : text.toWellFormed()
}

/** The form in which an operator compares what was asked for. */
export const prepared = (op: PlainTextOperator, wanted: string): string =>
  op === 'contains' ? needleOf(wanted) : comparable(op, wanted)

/** `*` stands for anything, also nothing. One pass: no pattern can make it slow. */
function isLike(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return text === head
  if (!text.startsWith(head) || !text.endsWith(tail)) return false
  let at = head.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= text.length - tail.length
}
