import type { Alert } from '#shared/model/alert.ts'
import type { AlertSearch, FoundAlerts, SearchSortField, Wanted } from '../alert-search.ts'
import { unexpectedShape } from '../answer-json.ts'
import type { Api } from '../api.ts'
import type { WireFilter } from '../compile-filter.ts'
import { foundAlerts, startOf } from '../find-alerts.ts'
import { readTotal } from '../total.ts'
import { compileV1 } from './filter-v1.ts'
import type { Step } from './queries.ts'
import { query, queryWithTotal } from './run-query.ts'

const nameOf = (field: SearchSortField): string =>
  field === 'createdAt' || field === 'updatedAt' ? `_${field}` : field

const filterStep = (query: WireFilter): Step => ({ _name: 'filter', ...query })

/** @param read how this generation writes an alert */
export async function findAlerts(
  api: Api,
  search: AlertSearch,
  read: (row: unknown) => Alert,
  signal: AbortSignal,
): Promise<FoundAlerts> {
  const { query: asked, local } = compileV1(search.filter, { ...search, version: api.version })
  const began = performance.now()
  const question = { label: 'alert-search', steps: searchSteps(asked, search) }
  const { rows, total } = await queryWithTotal(api, question, signal)
  if (!Array.isArray(rows)) throw unexpectedShape(`${api.http.host} answered with no list of alerts.`)
  return foundAlerts({
    ...{ rows, search, local, nameOf },
    total: readTotal(total, performance.now() - began),
    read: (row) => ({ alert: read(row) }),
  })
}

function searchSteps(asked: WireFilter, search: AlertSearch): Step[] {
  const { bound, skip } = startOf(search)
  const sort = search.sort.map(({ field, direction }) => ({ [nameOf(field)]: direction }))
  const last = search.sort.at(-1)?.direction ?? 'desc'
  return [
    { _name: 'listAlert' },
    filterStep(asked),
    ...(bound === undefined
      ? []
      : [filterStep({ [`_${bound.op}`]: { _field: nameOf(bound.field), _value: bound.value } })]),
    { _name: 'sort', _fields: [...sort, { _id: last }] },
    {
      ...{ _name: 'page', from: skip, to: skip + search.limit },
      ...(search.cursor === undefined && { extraData: ['total'] }),
    },
  ]
}

/**
 * May be short on a TheHive 5 that gives up counting (api.md §6.1): good for a progress bar, not for a decision. Undefined
 * where the server cannot be asked all of the filter.
 */
export async function countAlerts(
  api: Api,
  signal: AbortSignal,
  wanted?: Wanted,
): Promise<number | undefined> {
  const compiled = wanted && compileV1(wanted.filter, { ...wanted, version: api.version })
  if (compiled !== undefined && compiled.local.length > 0) return undefined
  const steps = [
    { _name: 'listAlert' },
    ...(compiled === undefined ? [] : [filterStep(compiled.query)]),
    { _name: 'count' },
  ]
  const count = await query(api, 'alert-count', steps, signal)
  return typeof count === 'number' && count >= 0 ? count : undefined
}
