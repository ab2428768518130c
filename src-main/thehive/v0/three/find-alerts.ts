import type { AlertSearch, FoundAlerts, SearchSortField, Wanted } from '../../alert-search.ts'
import { parseJson, unexpectedShape } from '../../answer-json.ts'
import { readOne } from '../../api.ts'
import { pageLimit } from '../../bounded-body.ts'
import { foundAlerts, startOf } from '../../find-alerts.ts'
import { readTotal, totalIn } from '../../total.ts'
import * as wire from '../../wire-fields.ts'
import { askedWhole, stats } from '../alert-stats.ts'
import { compileV0 } from '../filter-v0.ts'
import type { OlderApi } from '../older-api.ts'
import { readAlert } from '../read-alert.ts'
import { everything } from '../search.ts'
import { readArtifacts } from './read-artifacts.ts'

/** The natural key breaks ties: every index can sort by it, and old Elasticsearch cannot by `_id`. */
const key: readonly SearchSortField[] = ['sourceRef', 'source', 'type']

/** Observables travel inside their alert, so that a filter on them can be looked at here. */
export async function findAlerts(
  api: OlderApi,
  search: AlertSearch,
  signal: AbortSignal,
): Promise<FoundAlerts> {
  const { query: asked, local } = compileV0(search.filter, { ...search, ...api })
  const { bound, skip } = startOf(search)
  const start = bound && { [`_${bound.op}`]: { [bound.field]: bound.value } }
  const fields = search.sort.map(({ field }) => field)
  const ties = key.filter((field) => !fields.includes(field)).map((field) => ({ field, direction: 'asc' }))
  const json = {
    query: start === undefined ? asked : { _and: [asked, start] },
    range: `${skip}-${skip + search.limit}`,
    sort: [...search.sort, ...ties].map(
      ({ field, direction }) => `${direction === 'asc' ? '+' : '-'}${field}`,
    ),
  }
  const began = performance.now()
  const path = '/api/alert/_search'
  const answer = await api.http.send({ method: 'POST', path, json, limit: pageLimit }, signal)
  const rows = parseJson(answer.body, api.http.host)
  if (!Array.isArray(rows)) throw unexpectedShape(`${api.http.host} answered with no list of alerts.`)
  const isFirst = search.cursor === undefined
  return foundAlerts({
    ...{ rows, search, local, nameOf: (field) => field },
    total: isFirst ? readTotal(totalIn(answer.headers), performance.now() - began) : undefined,
    read: (row) => ({
      alert: readAlert(row, api.scale),
      observables: readArtifacts(row, api.scale).observables,
    }),
  })
}

/** Exact in TheHive 3; undefined where it cannot be asked all of the filter. */
export async function countAlerts(
  api: OlderApi,
  signal: AbortSignal,
  wanted?: Wanted,
): Promise<number | undefined> {
  const query = wanted === undefined ? everything : askedWhole(api, wanted)
  if (query === undefined) return undefined
  const answer = await stats(api, { query, stats: [{ _agg: 'count' }] }, signal)
  return readOne(api, answer, (value) => wire.optionalNumber(wire.asRow(value, 'statistics'), 'count'))
}
