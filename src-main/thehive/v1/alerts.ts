import type { PageRequest } from '../../domain/page.ts'
import type { Alert } from '#shared/model/alert.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import { pageSteps } from './queries.ts'
import { readAlert } from './read-alert.ts'
import { query, queryBytes } from './run-query.ts'

/** The path of an alert, by id or by `type;source;sourceRef`. */
export const alertPath = (idOrKey: string, rest = ''): string => `/api/v1/alert/${segment(idOrKey)}${rest}`

export async function alertPage(api: Api, request: PageRequest, signal: AbortSignal): Promise<Uint8Array> {
  return queryBytes(api, `alerts-${request.field}`, pageSteps('listAlert', request), signal)
}

/** May be short on a server that gives up counting (api.md §6.1): good for a progress bar, not for a decision. */
export async function countAlerts(api: Api, signal: AbortSignal): Promise<number | undefined> {
  const count = await query(api, 'alert-count', [{ _name: 'listAlert' }, { _name: 'count' }], signal)
  return typeof count === 'number' && count >= 0 ? count : undefined
}

export async function getAlert(api: Api, idOrKey: string, signal: AbortSignal): Promise<Alert | undefined> {
  return orAbsent(async () => {
    const answer = await call(api, { method: 'GET', path: alertPath(idOrKey) }, signal)
    return readOne(api, answer, (row) => readAlert(row, api.scale))
  })
}
