import type { PageRequest } from '../../domain/page.ts'
import type { Alert } from '#shared/model/alert.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import type { AlertsById } from '../port.ts'
import { pageSteps } from './queries.ts'
import { readAlert } from './read-alert.ts'
import { queryBytes, queryList } from './run-query.ts'

/** The path of an alert, by id or by `type;source;sourceRef`. */
export const alertPath = (idOrKey: string, rest = ''): string => `/api/v1/alert/${segment(idOrKey)}${rest}`

export async function alertPage(api: Api, request: PageRequest, signal: AbortSignal): Promise<Uint8Array> {
  return queryBytes(api, `alerts-${request.field}`, pageSteps('listAlert', request), signal)
}

/** By id or by `type;source;sourceRef`. A reference with semicolons is no name to TheHive, so the parts are asked for. */
export async function getAlert(api: Api, idOrKey: string, signal: AbortSignal): Promise<Alert | undefined> {
  const read = (row: unknown): Alert => readAlert(row, api.scale)
  const [type, source, ...rest] = idOrKey.split(';')
  if (rest.length > 1) {
    const parts = Object.entries({ type, source, sourceRef: rest.join(';') })
    const _and = parts.map(([_field, _value]) => ({ _is: { _field, _value } }))
    const steps = [{ _name: 'listAlert' }, { _name: 'filter', _and }]
    const [found] = await queryList(api, { label: 'alert-by-key', steps, read }, signal)
    return found
  }
  return orAbsent(async () =>
    readOne(api, await call(api, { method: 'GET', path: alertPath(idOrKey) }, signal), read),
  )
}

/** By id, which the graph answers itself: what was written before is in it. */
export async function alertsById(
  api: Api,
  ids: readonly string[],
  read: (row: unknown) => Alert,
  signal: AbortSignal,
): Promise<AlertsById> {
  const steps = [
    { _name: 'listAlert' },
    { _name: 'filter', _in: { _field: '_id', _values: ids } },
    { _name: 'page', from: 0, to: ids.length },
  ]
  const alerts = await queryList(api, { label: 'alerts-by-id', steps, read }, signal)
  return { alerts, lagging: false }
}
