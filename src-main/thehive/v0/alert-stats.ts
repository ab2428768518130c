import type { StatCount, StatField, Wanted } from '../alert-search.ts'
import { call, readOne } from '../api.ts'
import type { WireFilter } from '../compile-filter.ts'
import { mostFirst } from '../most-first.ts'
import * as wire from '../wire-fields.ts'
import { compileV0 } from './filter-v0.ts'
import type { OlderApi } from './older-api.ts'

/** TheHive 3 gives ten groups unless told; more than this nobody reads. */
const mostValues = 1_000

/** The groups of `_stats` (api.md §5.5). A TheHive 4 knows them too, over `/api` alone. */
export async function alertStats(
  api: OlderApi,
  by: StatField,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<StatCount[] | undefined> {
  const query = askedWhole(api, wanted)
  if (query === undefined) return undefined
  const group = {
    ...{ _agg: 'field', _field: by, _select: [{ _agg: 'count' }] },
    ...{ _order: ['-count'], _size: mostValues },
  }
  const groups = await stats(api, { query, stats: [group] }, signal)
  return readOne(api, groups, (value) => {
    const entries = Object.entries(wire.asRow(value, 'statistics'))
    return mostFirst(entries.map(([key, one]) => ({ value: key, count: countIn(one, key) })))
  })
}

/** Undefined where the server cannot be asked all of the filter. */
export const askedWhole = (api: OlderApi, wanted: Wanted): WireFilter | undefined => {
  const { query, local } = compileV0(wanted.filter, { ...wanted, ...api })
  return local.length > 0 ? undefined : query
}

export const stats = (
  api: OlderApi,
  json: { query: WireFilter; stats: readonly object[] },
  signal: AbortSignal,
): Promise<unknown> => call(api, { method: 'POST', path: '/api/alert/_stats', json }, signal)

const countIn = (value: unknown, what: string): number => wire.number(wire.asRow(value, what), 'count')
