/** One word of the query bar: `key:value`, `key>=value`, `-key:value`, or bare text (no key). */
export type QueueToken = {
  negated: boolean
  key?: string
  operator: ':' | '>=' | '<=' | '>' | '<'
  /** Alternatives, already unquoted; `quoted` tells a written value from a word with a meaning (`me`, `none`). */
  values: { text: string; quoted: boolean }[]
  /** The token as typed, for messages. */
  raw: string
}

const opening = /^(-?)([a-z]+)(>=|<=|:|>|<)/i

/**
 * Splits query text into tokens. Only a known key opens a `key:value` token: anything else, such as a pasted URL, is text.
 * An unclosed quote runs to the end of the line, so half-typed text always means something.
 */
export function tokenizeQueue(text: string, keys: ReadonlySet<string>): QueueToken[] {
  const tokens: QueueToken[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const start = at
    const match = opening.exec(text.slice(at))
    const key = match?.[2]?.toLowerCase()
    const known = match && key !== undefined && keys.has(key)
    if (known) at += match[0].length
    const { values, end } = known ? readValues(text, at) : readBare(text, at)
    at = end
    tokens.push({
      negated: Boolean(known && match[1]),
      ...(known && { key }),
      operator: known ? (match[3] as QueueToken['operator']) : ':',
      values,
      raw: text.slice(start, end),
    })
  }
  return tokens
}

type Read = { values: QueueToken['values']; end: number }

function readValues(text: string, from: number): Read {
  const values: QueueToken['values'] = []
  let at = from
  for (;;) {
    const one = text[at] === '"' ? readQuoted(text, at) : readWord(text, at, /[\s,]/)
    values.push(one.value)
    at = one.end
    if (text[at] !== ',') return { values: values.filter((v) => v.text !== '' || v.quoted), end: at }
    at += 1
  }
}

function readBare(text: string, at: number): Read {
  const one = text[at] === '"' ? readQuoted(text, at) : readWord(text, at, /\s/)
  return { values: [one.value], end: one.end }
}

type One = { value: { text: string; quoted: boolean }; end: number }

function readWord(text: string, from: number, stop: RegExp): One {
  let at = from
  while (at < text.length && !stop.test(text.charAt(at))) at += 1
  return { value: { text: text.slice(from, at), quoted: false }, end: at }
}

function readQuoted(text: string, from: number): One {
  let at = from + 1
  let value = ''
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && at + 1 < text.length) at += 1
    value += text.charAt(at)
    at += 1
  }
  return { value: { text: value, quoted: true }, end: Math.min(at + 1, text.length) }
}

/** Writes a value so that reading it back gives the same value. */
export function quoteQueueValue(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`
}
