import type { PageRequest } from '../../domain/page.ts'

/** One step of a query; the filter's operator stands beside `_name`, not under a key of its own (api.md §5.1). */
export type Step = { _name: string } & Record<string, unknown>

const stampFields = { createdAt: '_createdAt', updatedAt: '_updatedAt' } as const

/**
 * Keyset paging by a stamp. The bound is inclusive, because equal milliseconds happen; the rows already seen at the bound
 * are skipped by offset, and `_id` makes their order the same every time.
 */
export function pageSteps(start: string, request: PageRequest, extraData?: readonly string[]): Step[] {
  const { direction, cursor, limit } = request
  const field = stampFields[request.field]
  const bound = direction === 'asc' ? '_gte' : '_lte'
  const from = cursor?.skip ?? 0
  return [
    { _name: start },
    ...(cursor === undefined ? present(field) : [compare(bound, field, cursor.stamp)]),
    { _name: 'sort', _fields: [{ [field]: direction }, { _id: direction }] },
    { _name: 'page', from, to: from + limit, ...(extraData !== undefined && { extraData }) },
  ]
}

/** `_updatedAt` is absent until the first update: without a bound such rows would come in no defined place. */
function present(field: string): Step[] {
  return field === '_updatedAt' ? [compare('_gte', field, 0)] : []
}

function compare(operator: '_gte' | '_lte', field: string, value: number): Step {
  return { _name: 'filter', [operator]: { _field: field, _value: value } }
}

/** Newest cases first; `updatedSince` keeps those created or changed since. */
export function casesSteps(limit: number, updatedSince: number | undefined): Step[] {
  const since = (field: string) => ({ _gte: { _field: field, _value: updatedSince } })
  return [
    { _name: 'listCase' },
    ...(updatedSince === undefined
      ? []
      : [{ _name: 'filter', _or: [since('_updatedAt'), since('_createdAt')] }]),
    { _name: 'sort', _fields: [{ _createdAt: 'desc' }, { _id: 'desc' }] },
    { _name: 'page', from: 0, to: limit },
  ]
}

/** What hangs on one alert: a step's rows, in no order. */
export function partsOfAlert(
  alertId: string,
  part: 'observables' | 'comments' | 'procedures' | 'attachments',
): Step[] {
  return [{ _name: 'getAlert', idOrName: alertId }, { _name: part }]
}
