import type { IncomingHttpHeaders } from 'node:http'
import type { Context } from '../semantics/context.ts'
import type { Body } from './body.ts'
import type { Reply } from './reply.ts'

/** One authenticated request, its path parameters decoded. */
export type Call = Body & {
  context: Context
  params: Record<string, string>
  query: URLSearchParams
  headers: IncomingHttpHeaders
}

export type Route = {
  method: string
  /** Such as `/api/v1/alert/:alertId/case`. */
  pattern: string
  /** Public routes need no credentials; their context's actor may do nothing. */
  isPublic: boolean
  handle: (call: Call) => Reply | Promise<Reply>
  /** The first version that has the route; absent: every version has it. */
  since?: string | undefined
}

export type Match = { route: Route; params: Record<string, string> }

export const route = (method: string, pattern: string, handle: Route['handle']): Route => ({
  method,
  pattern,
  isPublic: false,
  handle,
})

export const publicRoute = (method: string, pattern: string, handle: Route['handle']): Route => ({
  ...route(method, pattern, handle),
  isPublic: true,
})

/** The same routes, from this version on. */
export const since = (version: string, routes: readonly Route[]): Route[] =>
  routes.map((each) => ({ ...each, since: version }))

type Compiled = { route: Route; parts: string[]; literals: number }

/** Finds routes; where several fit, the one with more literal parts wins (`/alert/_bulk` over `/alert/:id`). */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const compiled: Compiled[] = routes.map((each) => {
    const parts = each.pattern.split('/')
    return { route: each, parts, literals: parts.filter((part) => !part.startsWith(':')).length }
  })
  compiled.sort((a, b) => b.literals - a.literals)
  return (method, path) => {
    const parts = path.split('/')
    const found = compiled.find((each) => each.route.method === method && fits(each.parts, parts))
    return found && { route: found.route, params: paramsOf(found.parts, parts) }
  }
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  if (pattern.length !== parts.length) return false
  return pattern.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at]))
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {}
  for (const [at, part] of pattern.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decode(parts[at] ?? '')
  }
  return params
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // A malformed escape names nothing: the route answers 404 for it.
    return part
  }
}
