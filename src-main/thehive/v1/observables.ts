import type { Observable } from '#shared/model/observable.ts'
import type { PageRequest } from '../../domain/page.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import { pageSteps, partsOfAlert } from './queries.ts'
import { readObservable } from './read-observable.ts'
import { queryBytes, queryList } from './run-query.ts'

export const observablePath = (id: string, rest = ''): string => `/api/v1/observable/${segment(id)}${rest}`

/** `links` names the alert each observable hangs on. */
export async function observablePage(
  api: Api,
  request: PageRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const steps = pageSteps('listObservable', request, ['links'])
  return queryBytes(api, `observables-${request.field}`, steps, signal)
}

export async function listObservables(api: Api, alertId: string, signal: AbortSignal): Promise<Observable[]> {
  const read = (row: unknown): Observable => readObservable(row, api.scale)
  const steps = partsOfAlert(alertId, 'observables')
  return queryList(api, { label: 'alert-observables', steps, read, entity: 'observable' }, signal)
}

export async function getObservable(
  api: Api,
  id: string,
  signal: AbortSignal,
): Promise<Observable | undefined> {
  return orAbsent(async () => {
    const answer = await call(api, { method: 'GET', path: observablePath(id) }, signal)
    return readOne(api, answer, (row) => readObservable(row, api.scale))
  })
}
