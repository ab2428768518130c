import { anyOf } from './build.ts'
import { isSizing, opposedIf, textOperatorOf } from './comparison.ts'
import type { TextField } from './fields.ts'
import type { Filter } from './filter.ts'
import type { Key } from './keys.ts'
import { isNetwork } from './network.ts'
import type { Outcome, ParseContext, Typed } from './typed.ts'
import { readOrdered, scales } from './read-ordered.ts'
import type { Value } from './tokens.ts'

type TextKey = Extract<Key, { kind: 'text' }>

/** `key:a,b`, `key!=a`, `key~part`, `key^=start`, `key$=end`, `key*=a*b`. */
export function readText(
  key: TextKey,
  { key: name, comparison, values }: Typed,
  context: ParseContext,
): Outcome {
  if (isSizing(comparison)) return { reason: `Write ${name}: with a colon` }
  const { field } = key
  const op = textOperatorOf(comparison)
  if (op !== undefined) return { filter: anyOf(values.map(({ text }) => ({ op, field, value: text }))) }
  if (values.some((value) => isMe(field, value)) && context.me === undefined)
    return { reason: 'Nobody is signed in, so there is no “me”' }
  const parts = values.map((value) => one(key, value, { me: context.me, colon: comparison === ':' }))
  return { filter: opposedIf(comparison, joined(field, parts)) }
}

const isMe = (field: TextField, { text, quoted }: Value): boolean =>
  field === 'assignee' && !quoted && text.toLowerCase() === 'me'

function one(
  { field, optional, colon: meaning }: TextKey,
  value: Value,
  { me, colon }: { me: string | undefined; colon: boolean },
): Filter {
  const { text, quoted } = value
  if (isMe(field, value)) return { op: 'eq', field, value: me ?? text }
  if (optional !== undefined && !quoted && text.toLowerCase() === 'none')
    return { op: 'not', of: { op: 'has', field: optional } }
  if (!colon) return { op: 'eq', field, value: text }
  if (!quoted && text.includes('*')) return { op: 'like', field, value: text }
  if (field === 'observable' && !quoted && isNetwork(text)) return { op: 'within', field, value: text }
  return { op: meaning, field, value: text }
}

/** Several equals of one field are one `in`. */
function joined(field: TextField, parts: readonly Filter[]): Filter {
  const values = parts.map((part) => (part.op === 'eq' && part.field === field ? part.value : undefined))
  const texts = values.filter((value) => typeof value === 'string')
  return texts.length === parts.length && texts.length > 1 ? { op: 'in', field, values: texts } : anyOf(parts)
}

const caseKey: TextKey = { kind: 'text', field: 'caseId', colon: 'eq', optional: 'caseId' }
const isNumber = ({ text, quoted }: Value): boolean => !quoted && /^#?\d{1,12}(\.\.#?\d{1,12})?$/.test(text)

/** `case:12` and `case:#12` name a case by number, `case:~123` by its id. */
export function readCase(typed: Typed): Outcome {
  const numbers = typed.values
    .filter(isNumber)
    .map(({ text, quoted }) => ({ text: text.replaceAll('#', ''), quoted }))
  if (isSizing(typed.comparison) || numbers.length === typed.values.length)
    return readOrdered({ ...scales.number, field: 'caseNumber' }, { ...typed, values: numbers })
  if (numbers.length === 0) return readText(caseKey, typed, {})
  const ids = typed.values.filter((value) => !isNumber(value))
  const parts = [
    readCase({ ...typed, comparison: ':', values: numbers }),
    readCase({ ...typed, comparison: ':', values: ids }),
  ].flatMap(({ filter }) => filter ?? [])
  return { filter: opposedIf(typed.comparison, anyOf(parts)) }
}
