import type { Call } from '../http/router.ts'
import { badRequest } from '../state/errors.ts'

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a request says, wherever it says it: JSON body or `_json` part first, then form fields, then the query string. */
export function parametersOf({ json, texts, query }: Call): Json {
  if (json !== undefined && !isObject(json)) throw badRequest('A JSON object is expected')
  const form = [...texts].filter(([name]) => name !== '_json')
  return { ...fromQuery(query), ...Object.fromEntries(form), ...json }
}

/** A name that comes more than once, such as `sort`, is a list. */
function fromQuery(query: URLSearchParams): Json {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

/** Texts of a query string or form may spell any JSON. */
export function structured(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    // A plain text that only looks like a parameter of ours: it is taken as it is.
    return value
  }
}

/** `1` and `true`, however they come. */
export const isTrue = (value: unknown): boolean =>
  value === true || value === '1' || value === 1 || value === 'true'
