import type { AlertChange } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { orAbsent } from '../absence.ts'
import type { Api } from '../api.ts'
import type { ItemResult } from '../port.ts'
import { requireAbility } from './abilities.ts'
import { alertPath, alertsById, getAlert } from './alerts.ts'
import { inTurn, updateAlertBody } from './bodies.ts'
import { inBulk, lookedUp } from '../bulk.ts'
import { oneAfterAnother } from '../one-after-another.ts'
import { readAlert } from './read-alert.ts'
import { mustSendWholeTags, withWholeTags } from './whole-tags.ts'

export async function updateAlert(
  api: Api,
  id: string,
  change: AlertChange,
  signal: AbortSignal,
): Promise<void> {
  requireKnown(api, change)
  const body = updateAlertBody(change, api.scale)
  const whole = await withWholeTags(api, { body, edits: change }, () => getAlert(api, id, signal))
  const send = (json: object) => api.http.send({ method: 'PATCH', path: alertPath(id), json }, signal)
  await oneAfterAnother(inTurn(whole).map((part) => () => send(part)))
}

/** An older server would ignore what it does not know, and the change would seem to have taken hold. */
function requireKnown(api: Api, change: AlertChange): void {
  if (change.assignee !== undefined) requireAbility(api.version, 'assignee')
}

const bulkPath = '/api/v1/alert/_bulk'

/** One request; where each alert needs its own list of tags, one each. */
export async function updateAlerts(
  api: Api,
  ids: readonly string[],
  change: AlertChange,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  requireKnown(api, change)
  const one = (id: string) => updateAlert(api, id, change, signal)
  const json = updateAlertBody(change, api.scale)
  const send = (some: readonly string[], part: object) =>
    api.http.send({ method: 'PATCH', path: bulkPath, json: { ids: some, ...part } }, signal)
  const bulk = (some: readonly string[]) =>
    oneAfterAnother(inTurn(json).map((part) => () => send(some, part)))
  const each = (some: readonly string[]) => oneAfterAnother(some.map((id) => () => one(id)))
  return inBulk(ids, {
    send: mustSendWholeTags(api, change) ? each : bulk,
    one,
    there: (some) => thoseThere(api, some, signal),
    gone: (id) => new ForagerError('not-found', `${api.http.host} has no alert ${id} any more.`),
  })
}

const thoseThere = (api: Api, ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> =>
  lookedUp(
    ids,
    async (id) => (await getAlert(api, id, signal)) !== undefined,
    async (some) => (await alertsById(api, some, (row) => readAlert(row, api.scale), signal)).alerts,
  )

/** Gone already counts as done. */
export async function deleteAlert(api: Api, id: string, signal: AbortSignal): Promise<void> {
  await orAbsent(() => api.http.send({ method: 'DELETE', path: alertPath(id) }, signal))
}

export async function deleteAlerts(
  api: Api,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ItemResult[]> {
  return inBulk(ids, {
    send: async (some) => {
      const path = '/api/v1/alert/delete/_bulk'
      await api.http.send({ method: 'POST', path, json: { ids: some } }, signal)
    },
    one: (id) => deleteAlert(api, id, signal),
    there: (some) => thoseThere(api, some, signal),
    gone: () => undefined,
  })
}

/** Follow in TheHive 5 says whether MISP may still change the alert. */
export async function follow(api: Api, id: string, wanted: boolean, signal: AbortSignal): Promise<void> {
  await api.http.send({ method: 'POST', path: alertPath(id, wanted ? '/follow' : '/unfollow') }, signal)
}
