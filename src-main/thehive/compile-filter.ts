import { conjunctsOf, allOf } from '#shared/query/build.ts'
import type { Condition, Filter } from '#shared/query/filter.ts'

/** A filter as a server reads it. */
export type WireFilter = Readonly<Record<string, unknown>>

/**
 * What a server can be asked. It answers with everything that fits, and, where `local` is not empty, with more: what fits
 * `local` too is the answer. Nothing is left out in silence.
 */
export type CompiledFilter = { query: WireFilter; local: Filter[] }

/** What one condition comes to: `exact` says whether the server's answer is just what fits, or may hold more. Undefined: it cannot be asked. */
export type Asked = { query: WireFilter; exact: boolean } | undefined

export const exactly = (query: WireFilter): Asked => ({ query, exact: true })
/** Lets more through than fits. */
export const atLeast = (query: WireFilter): Asked => ({ query, exact: false })

type Ask = (condition: Condition) => Asked

/** @param everything the server's word for it */
export function compileFilter(filter: Filter, everything: WireFilter, ask: Ask): CompiledFilter {
  const parts = conjunctsOf(filter).map((part) => ({ part, asked: compile(part, everything, ask) }))
  const queries = parts.flatMap(({ asked }) => (asked === undefined ? [] : [asked.query]))
  const [first = everything, ...more] = queries
  return {
    query: more.length > 0 ? { _and: queries } : first,
    local: parts.filter(({ asked }) => asked?.exact !== true).map(({ part }) => part),
  }
}

function compile(filter: Filter, everything: WireFilter, ask: Ask): Asked {
  switch (filter.op) {
    case 'any':
      return exactly(everything)
    case 'and': {
      const { query, local } = compileFilter(allOf(filter.of), everything, ask)
      return { query, exact: local.length === 0 }
    }
    case 'or':
      return oneOf(filter.of.map((part) => compile(part, everything, ask)))
    case 'not': {
      const asked = compile(filter.of, everything, ask)
      // The opposite of too much would be too little.
      return asked?.exact === true ? exactly({ _not: asked.query }) : undefined
    }
    default:
      return ask(filter)
  }
}

/** One that cannot be asked makes the whole impossible: what only fits that one would be missing. */
export function oneOf(parts: readonly Asked[]): Asked {
  const asked = parts.filter((part) => part !== undefined)
  if (asked.length < parts.length) return undefined
  const [first, ...more] = asked
  if (first === undefined || more.length === 0) return first
  return { query: { _or: asked.map(({ query }) => query) }, exact: asked.every(({ exact }) => exact) }
}

export const opposite = (asked: Asked): Asked =>
  asked?.exact === true ? exactly({ _not: asked.query }) : undefined
