import type { StatCount, StatField, Wanted } from '../alert-search.ts'
import type { Api } from '../api.ts'
import { mostFirst } from '../most-first.ts'
import * as wire from '../wire-fields.ts'
import { compileV1 } from './filter-v1.ts'
import { query, queryList } from './run-query.ts'

/**
 * TheHive 5 groups nothing by a field: every known value is counted for itself, side by side. Types, sources and tags are
 * known to nobody but the alerts, so they are not counted. Each count is bounded as `countAlerts` is.
 */
export async function alertStats(
  api: Api,
  by: StatField,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<StatCount[] | undefined> {
  const compiled = compileV1(wanted.filter, { ...wanted, version: api.version })
  if (compiled.local.length > 0 || (by !== 'status' && by !== 'severity')) return undefined
  const values = by === 'severity' ? [1, 2, 3, 4] : await statusesOf(api, signal)
  const count = async (value: string | number): Promise<StatCount> => {
    const steps = [
      { _name: 'listAlert' },
      { _name: 'filter', ...compiled.query },
      { _name: 'filter', _eq: { _field: by, _value: value } },
      { _name: 'count' },
    ]
    const answer = await query(api, `alert-count-by-${by}`, steps, signal)
    return { value: String(value), count: typeof answer === 'number' ? answer : 0 }
  }
  return mostFirst(await Promise.all(values.map(count)))
}

const statusesOf = (api: Api, signal: AbortSignal): Promise<string[]> =>
  queryList(
    api,
    {
      label: 'listAlertStatus',
      steps: [{ _name: 'listAlertStatus' }],
      read: (row) => wire.text(wire.asRow(row, 'status'), 'value'),
    },
    signal,
  )
