import { parseJson } from '../answer-json.ts'
import { readList } from '../api.ts'
import type { Api } from '../api.ts'
import { pageLimit } from '../bounded-body.ts'
import type { PageRequest } from '../../domain/page.ts'

/** `range` is `from-to`, end exclusive, or `all`; `sort` names fields, `-` for the newest or largest first (api.md §5.5). */
export type Search = { model: string; query: object; range: string; sort: readonly string[] }

/** The bytes of a search's answer, up to the page bound. */
export async function searchBytes(
  api: Api,
  { model, ...json }: Search,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const path = `/api/${model}/_search`
  const answer = await api.http.send({ method: 'POST', path, json, limit: pageLimit }, signal)
  return answer.body
}

/** A search's answer as a list; a row that cannot be read is left out and told, so that one bad row hides no other. */
export async function searchList<T>(
  api: Api,
  search: Search,
  read: (row: unknown) => T,
  signal: AbortSignal,
): Promise<T[]> {
  const rows = parseJson(await searchBytes(api, search, signal), api.http.host)
  return readList(api, rows, { what: search.model, read })
}

export const everything = { _any: {} } as const

/** The only spelling of a comparison both TheHive 3 and 4 understand. */
export const atLeastStamp = (field: string, value: number) => ({ _gte: { [field]: value } })

/**
 * Keyset paging by a stamp, as in v1. Rows without the stamp are kept out by the bound: 0 where the cursor gives none. Ties
 * are broken by the natural key, which every index can sort by; old Elasticsearch cannot sort by `_id`.
 */
export function pageSearch(model: string, { field, direction, cursor, limit }: PageRequest): Search {
  const sign = direction === 'asc' ? '+' : '-'
  const from = cursor?.skip ?? 0
  const bound = cursor === undefined || direction === 'asc' ? '_gte' : '_lte'
  return {
    model,
    query: { [bound]: { [field]: cursor?.stamp ?? 0 } },
    range: `${from}-${from + limit}`,
    sort: [field, 'sourceRef', 'source', 'type'].map((name) => sign + name),
  }
}
