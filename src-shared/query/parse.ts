import { depthOf, everything, filterLimits, sizeOf } from './filter.ts'
import type { Filter } from './filter.ts'
import { readCondition } from './read-condition.ts'
import type { ParseContext } from './typed.ts'
import { tokenize } from './tokens.ts'
import type { Token } from './tokens.ts'

/** A token that could not be understood: left out of the filter, and shown. `at` is where it starts. */
export type Problem = { token: string; reason: string; at: number }
export type Parsed = { filter: Filter; problems: Problem[] }

const longestText = 4_000

/**
 * Reads the query bar; never throws. Side by side means and; `or`, `not`, `-` and parentheses do the rest, `not` before and
 * before `or`. Commas are alternatives. Bare words are looked for in the text.
 */
export function parseFilter(text: string, context: ParseContext = {}): Parsed {
  const tokens = tokenize(text.slice(0, longestText).toWellFormed())
  const reader = createReader(tokens, context)
  const filter = reader.readAll()
  const problems = reader.problems
  if (text.length > longestText)
    problems.push({ token: '…', reason: `Only ${longestText} characters are read`, at: longestText })
  if (sizeOf(filter) <= filterLimits.conditions && depthOf(filter) <= filterLimits.depth)
    return { filter, problems }
  problems.push({ token: `${text.slice(0, 24)}…`, reason: 'This is too much for one query', at: 0 })
  return { filter: everything, problems }
}

/** What was read; `count` tells nothing there from something that was not understood. */
type Part = { filter: Filter | undefined; count: number }

function createReader(tokens: readonly Token[], context: ParseContext) {
  const problems: Problem[] = []
  let next = 0
  let depth = 0
  const complain = (token: Token, reason: string): void =>
    void problems.push({ token: token.raw, reason, at: token.at })
  const peek = (): Token | undefined => tokens[next]
  const startsPart = (token: Token | undefined): boolean =>
    token !== undefined && !['close', 'and', 'or'].includes(token.kind)

  function readAlternatives(): Part {
    const first = readTogether()
    const parts = [first]
    for (let token = peek(); token?.kind === 'or'; token = peek()) {
      next += 1
      const part = readTogether()
      if (part.count === 0 || parts.at(-1)?.count === 0)
        complain(token, `“${token.raw}” stands between two conditions`)
      parts.push(part)
    }
    return together('or', parts)
  }

  function readTogether(): Part {
    const parts: Part[] = []
    for (let token = peek(); token !== undefined; token = peek()) {
      if (token.kind === 'and') {
        next += 1
        if (parts.length === 0 || !startsPart(peek()))
          complain(token, `“${token.raw}” stands between two conditions`)
      } else if (startsPart(token)) parts.push(readOne(token))
      else break
    }
    return together('and', parts)
  }

  function readOne(token: Token): Part {
    next += 1
    if (token.kind === 'not' || token.kind === 'minus') return readOpposite(token)
    if (token.kind === 'open') return readGroup(token)
    const { filter, reason } = readCondition(token, context)
    if (reason !== undefined) complain(token, reason)
    return { filter, count: 1 }
  }

  function readOpposite(token: Token): Part {
    const following = peek()
    if (following === undefined || !startsPart(following)) {
      complain(token, `“${token.raw}” stands before a condition`)
      return { filter: undefined, count: 1 }
    }
    const { filter } = readOne(following)
    return { filter: filter && { op: 'not', of: filter }, count: 1 }
  }

  function readGroup(token: Token): Part {
    depth += 1
    const inner = depth > filterLimits.depth ? { filter: undefined, count: 1 } : readAlternatives()
    if (depth > filterLimits.depth) next = tokens.length
    depth -= 1
    if (inner.count === 0) complain(token, 'Nothing stands in these parentheses')
    if (peek()?.kind === 'close') next += 1
    else complain(token, 'This parenthesis is not closed')
    return { filter: inner.filter, count: 1 }
  }

  const readAll = (): Filter => readAlternatives().filter ?? everything
  return { problems, readAll }
}

function together(op: 'and' | 'or', parts: readonly Part[]): Part {
  const of = parts.map(({ filter }) => filter).filter((filter) => filter !== undefined)
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return { filter: of.length > 1 ? { op, of } : of[0], count }
}
