import { keyOf } from './keys.ts'
import { joiners } from './quote.ts'

/** A value as typed: quotes tell a written value from a word with a meaning (`me`, `none`, `a*`, `1..3`). */
export type Value = { text: string; quoted: boolean }
export const comparisons = [':', '=', '!=', '>', '>=', '<', '<=', '~', '^=', '$=', '*='] as const
export type Comparison = (typeof comparisons)[number]

/** `raw` is the token as typed and `at` where it starts, for messages. */
export type Token = { raw: string; at: number } & (
  | { kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'minus' }
  | { kind: 'word'; value: Value }
  | { kind: 'condition'; key: string; comparison: Comparison; values: Value[] }
)

const opening =
  /(cf\.(?:"(?:[^"\\]|\\[\s\S])*"|[^\s:=<>!~^$*"(),]+)|[a-z]+)(:?(?:>=|<=|>|<)|!=|\^=|\$=|\*=|[:=~])/iy

/**
 * Splits query text. Only a known key opens a condition: anything else, such as a pasted URL, is a word. An unclosed quote runs
 * to the end, so half-typed text always means something. Inside a group, a `)` that closes nothing of its own word ends it.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let open = 0
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const token = readToken(text, at, open)
    if (token.kind === 'open') open += 1
    if (token.kind === 'close') open -= 1
    tokens.push(token)
    at += token.raw.length
  }
  return tokens
}

function readToken(text: string, at: number, open: number): Token {
  const here = text.charAt(at)
  if (here === '(') return { kind: 'open', raw: here, at }
  if (here === ')' && open > 0) return { kind: 'close', raw: here, at }
  if (here === '-' && /[^\s)-]/.test(text.charAt(at + 1))) return { kind: 'minus', raw: here, at }
  return readCondition(text, at, open > 0) ?? readBare(text, at, open > 0)
}

function readCondition(text: string, at: number, grouped: boolean): Token | undefined {
  opening.lastIndex = at
  const match = opening.exec(text)
  const [head = '', key = '', comparison = ''] = match ?? []
  if (keyOf(key) === undefined) return undefined
  const values: Value[] = []
  let end = at + head.length
  for (;;) {
    const one = readValue(text, end, /[\s,]/, grouped)
    if (one.value.text !== '' || one.value.quoted) values.push(one.value)
    end = one.end
    if (text[end] !== ',') break
    end += 1
  }
  const plain = comparison.length > 1 && comparison.startsWith(':') ? comparison.slice(1) : comparison
  return { kind: 'condition', key, comparison: plain as Comparison, values, raw: text.slice(at, end), at }
}

function readBare(text: string, at: number, grouped: boolean): Token {
  const { value, end } = readValue(text, at, /\s/, grouped)
  const raw = text.slice(at, end)
  const lower = value.text.toLowerCase()
  if (!value.quoted && joiners.has(lower)) return { kind: lower as 'and' | 'or' | 'not', raw, at }
  return { kind: 'word', value, raw, at }
}

type Read = { value: Value; end: number }

function readValue(text: string, from: number, stop: RegExp, grouped: boolean): Read {
  if (text[from] === '"') return readQuoted(text, from)
  let at = from
  let own = 0
  for (; at < text.length && !stop.test(text.charAt(at)); at += 1) {
    if (text[at] === '(') own += 1
    else if (text[at] === ')') {
      if (grouped && own === 0) break
      own -= 1
    }
  }
  return { value: { text: text.slice(from, at), quoted: false }, end: at }
}

function readQuoted(text: string, from: number): Read {
  let at = from + 1
  let value = ''
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && at + 1 < text.length) at += 1
    value += text.charAt(at)
    at += 1
  }
  return { value: { text: value, quoted: true }, end: Math.min(at + 1, text.length) }
}
