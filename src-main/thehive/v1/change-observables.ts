import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableChange } from '#shared/model/observable.ts'
import { orAbsent } from '../absence.ts'
import type { Api } from '../api.ts'
import type { ItemResult } from '../port.ts'
import { updateObservableBody } from './bodies.ts'
import { inBulk, lookedUp } from '../bulk.ts'
import { oneAfterAnother } from '../one-after-another.ts'
import { getObservable, observablePath } from './observables.ts'
import { mustSendWholeTags, withWholeTags } from './whole-tags.ts'

export async function updateObservable(
  api: Api,
  id: string,
  change: ObservableChange,
  signal: AbortSignal,
): Promise<void> {
  const body = updateObservableBody(change, api.scale)
  const json = await withWholeTags(api, { body, edits: change }, () => getObservable(api, id, signal))
  await api.http.send({ method: 'PATCH', path: observablePath(id), json }, signal)
}

/** One request; where each observable needs its own list of tags, one each. */
export async function updateObservables(
  api: Api,
  ids: readonly string[],
  change: ObservableChange,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  const one = (id: string) => updateObservable(api, id, change, signal)
  const json = updateObservableBody(change, api.scale)
  const bulk = async (some: readonly string[]) =>
    void (await api.http.send(
      { method: 'PATCH', path: observablePath('_bulk'), json: { ids: some, ...json } },
      signal,
    ))
  const each = (some: readonly string[]) => oneAfterAnother(some.map((id) => () => one(id)))
  return inBulk(ids, {
    send: mustSendWholeTags(api, change) ? each : bulk,
    one,
    there: (some) => lookedUp(some, async (id) => (await getObservable(api, id, signal)) !== undefined),
    gone: (id) => new ForagerError('not-found', `${api.http.host} has no observable ${id} any more.`),
  })
}

/** Gone already counts as done. */
export async function deleteObservable(api: Api, id: string, signal: AbortSignal): Promise<void> {
  await orAbsent(() => api.http.send({ method: 'DELETE', path: observablePath(id) }, signal))
}
