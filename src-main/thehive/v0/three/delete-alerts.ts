import type { ItemResult } from '../../port.ts'
import { orAbsent } from '../../absence.ts'
import { atLeast } from '../../server-version.ts'
import { alertPath } from '../alert-marks.ts'
import { oneByOne } from '../../bulk.ts'
import { lacks } from '../older-api.ts'
import type { OlderApi } from '../older-api.ts'
import { reasons } from './lacking.ts'

export const reallyDeletes = (version: string): boolean => atLeast(version, '3.4.0')

/** Forced: without that, TheHive 3 only marks the alert unread (api.md §3.6). Gone already counts as done. */
export async function deleteAlert(api: OlderApi, id: string, signal: AbortSignal): Promise<void> {
  if (!reallyDeletes(api.version)) throw lacks(reasons.deleteAlert)
  const path = `${alertPath(id)}?force=1`
  await orAbsent(() => api.http.send({ method: 'DELETE', path }, signal))
}

/** The forced bulk call is for administrators; everybody else deletes one by one. */
export async function deleteAlerts(
  api: OlderApi,
  ids: readonly string[],
  signal: AbortSignal,
  administrator: boolean,
): Promise<ItemResult[]> {
  if (!administrator || ids.length < 2) return oneByOne(ids, (id) => deleteAlert(api, id, signal))
  if (!reallyDeletes(api.version)) throw lacks(reasons.deleteAlert)
  const json = { ids, force: true }
  const done = await orAbsent(() =>
    api.http.send({ method: 'POST', path: '/api/alert/delete/_bulk', json }, signal),
  )
  // One that is gone may have ended the call before the others: they are asked for alone then.
  return done === undefined ? oneByOne(ids, (id) => deleteAlert(api, id, signal)) : ids.map((id) => ({ id }))
}
