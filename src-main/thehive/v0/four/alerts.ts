import type { Alert, AlertChange } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { orAbsent } from '../../absence.ts'
import { call, readOne } from '../../api.ts'
import { inBulk, lookedUp, oneByOne } from '../../bulk.ts'
import { oneAfterAnother } from '../../one-after-another.ts'
import type { ItemResult } from '../../port.ts'
import { tagsAfter } from '../../tags-after.ts'
import { alertPath as newerPath, alertsById } from '../../v1/alerts.ts'
import { queryList } from '../../v1/run-query.ts'
import { changesTags, isEmpty, updateAlertBody } from '../alert-bodies.ts'
import { alertPath, markRead } from '../alert-marks.ts'
import { readMarkFor } from '../alert-status.ts'
import { lacks } from '../older-api.ts'
import type { OlderApi } from '../older-api.ts'
import { checkChange, reasons } from './lacking.ts'
import { readAlert } from './read-alert.ts'

/** By id or by `type;source;sourceRef`. A key with more semicolons is no name to TheHive 4, so its parts are asked for. */
export async function getAlert(
  api: OlderApi,
  idOrKey: string,
  signal: AbortSignal,
): Promise<Alert | undefined> {
  const read = (row: unknown): Alert => readAlert(row, api.scale)
  const [type, source, ...rest] = idOrKey.split(';')
  if (rest.length > 1) {
    const fields = Object.entries({ type, source, sourceRef: rest.join(';') })
    const _and = fields.map(([_field, _value]) => ({ _is: { _field, _value } }))
    const steps = [{ _name: 'listAlert' }, { _name: 'filter', _and }]
    const [found] = await queryList(api, { label: 'alert-by-key', steps, read }, signal)
    return found
  }
  return orAbsent(async () =>
    readOne(api, await call(api, { method: 'GET', path: newerPath(idOrKey) }, signal), read),
  )
}

/**
 * TheHive 4 looks an alert up and checks the right to change it in one step, so its 403 may only mean that the alert is not
 * there (api.md §1.3): the alert itself tells.
 */
export async function unlessGone<T>(
  api: OlderApi,
  alertId: string,
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask()
  } catch (thrown) {
    if (!(thrown instanceof ForagerError) || thrown.kind !== 'forbidden') throw thrown
    if ((await getAlert(api, alertId, signal)) !== undefined) throw thrown
    throw new ForagerError('not-found', `${api.http.host} has no such alert, or does not show it to you.`, {
      details: { ...thrown.details },
      cause: thrown,
    })
  }
}

/** Over `/api`, whose PATCH and read marks have no effect on the case of an imported alert (api.md §3.4). */
export async function updateAlert(
  api: OlderApi,
  id: string,
  change: AlertChange,
  signal: AbortSignal,
): Promise<void> {
  checkChange(change)
  const mark = change.status === undefined ? undefined : readMarkFor(change.status)
  if (change.status !== undefined && mark === undefined) throw lacks(reasons.status)
  const json = updateAlertBody(api, change)
  if (changesTags(change)) json['tags'] = tagsAfter(await tagsOf(api, id, signal), change)
  const send = () => api.http.send({ method: 'PATCH', path: alertPath(id), json }, signal)
  const asks: (() => Promise<unknown>)[] = [
    ...(isEmpty(json) ? [] : [send]),
    ...(mark === undefined ? [] : [() => markRead(api, id, mark, signal)]),
  ]
  await oneAfterAnother(asks.map((ask) => () => unlessGone(api, id, signal, ask)))
}

async function tagsOf(api: OlderApi, id: string, signal: AbortSignal): Promise<string[]> {
  const alert = await getAlert(api, id, signal)
  if (alert === undefined) throw new ForagerError('not-found', `${api.http.host} has no such alert.`)
  return alert.tags
}

/** TheHive 4 has no bulk call for this. */
export const updateAlerts = (
  api: OlderApi,
  ids: readonly string[],
  change: AlertChange,
  signal: AbortSignal,
): Promise<ItemResult[]> => oneByOne(ids, (id) => updateAlert(api, id, change, signal))

/** Gone already counts as done. */
export async function deleteAlert(api: OlderApi, id: string, signal: AbortSignal): Promise<void> {
  const ask = () => api.http.send({ method: 'DELETE', path: alertPath(id) }, signal)
  await orAbsent(() => unlessGone(api, id, signal, ask))
}

/** One transaction: any that is gone refuses the whole, and nothing is deleted (api.md §3.6). */
export async function deleteAlerts(
  api: OlderApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ItemResult[]> {
  const path = '/api/alert/delete/_bulk'
  return inBulk(ids, {
    send: async (some) => void (await api.http.send({ method: 'POST', path, json: { ids: some } }, signal)),
    one: (id) => deleteAlert(api, id, signal),
    there: (some) =>
      lookedUp(
        some,
        async (id) => (await getAlert(api, id, signal)) !== undefined,
        async (listed) => (await alertsById(api, listed, (row) => readAlert(row, api.scale), signal)).alerts,
      ),
    gone: () => undefined,
  })
}
