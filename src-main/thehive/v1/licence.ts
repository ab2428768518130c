import { ForagerError } from '#shared/errors/forager-error.ts'
import { call } from '../api.ts'
import type { Api } from '../api.ts'

/** Why nobody can write on this server, in words; undefined when its licence is in order or it does not say. */
export async function readOnlyReason(api: Api, signal: AbortSignal): Promise<string | undefined> {
  try {
    const status = await call(api, { method: 'GET', path: '/api/v1/status' }, signal)
    return reasonIn(status)
  } catch (thrown) {
    if (thrown instanceof ForagerError && ['forbidden', 'not-found'].includes(thrown.kind)) return undefined
    throw thrown
  }
}

/** A licence that is not valid makes TheHive 5 read-only for everyone. */
export function reasonIn(status: unknown): string | undefined {
  const licence = member(status, 'license')
  if (member(licence, 'isValid') !== false) return undefined
  const error = member(licence, 'error')
  const because = typeof error === 'string' && error !== '' ? ` (${error.slice(0, 200)})` : ''
  return `The licence of this TheHive is not valid${because}, so it takes no changes from anyone.`
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}
