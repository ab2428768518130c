import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableChange } from '#shared/model/observable.ts'
import { inBulk, lookedUp } from '../../bulk.ts'
import { oneAfterAnother } from '../../one-after-another.ts'
import type { ItemResult } from '../../port.ts'
import { tagsAfter } from '../../tags-after.ts'
import { getObservable, observablePath } from '../../v1/observables.ts'
import { changesTags } from '../alert-bodies.ts'
import type { OlderApi } from '../older-api.ts'
import { checkObservableChange } from './lacking.ts'

/** Everything but tags, of which TheHive 4 takes whole lists only. */
function changeBody(api: OlderApi, change: ObservableChange): Record<string, unknown> {
  const { tlp, pap: _, addTags: __, removeTags: ___, ...plain } = change
  return { ...plain, ...(tlp !== undefined && { tlp: api.scale.toWire[tlp] }) }
}

export async function updateObservable(
  api: OlderApi,
  id: string,
  change: ObservableChange,
  signal: AbortSignal,
): Promise<void> {
  checkObservableChange(change)
  const json = changeBody(api, change)
  if (changesTags(change)) {
    const current = await getObservable(api, id, signal)
    if (current === undefined) throw gone(api)
    json['tags'] = tagsAfter(current.tags, change)
  }
  await api.http.send({ method: 'PATCH', path: observablePath(id), json }, signal)
}

/** One request; where each observable needs its own list of tags, one each. */
export async function updateObservables(
  api: OlderApi,
  ids: readonly string[],
  change: ObservableChange,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  checkObservableChange(change)
  const one = (id: string): Promise<void> => updateObservable(api, id, change, signal)
  const json = changeBody(api, change)
  return inBulk(ids, {
    send: async (some) => {
      if (changesTags(change)) return oneAfterAnother(some.map((id) => () => one(id)))
      const path = observablePath('_bulk')
      await api.http.send({ method: 'PATCH', path, json: { ids: some, ...json } }, signal)
    },
    one,
    there: (some) => lookedUp(some, async (id) => (await getObservable(api, id, signal)) !== undefined),
    gone: () => gone(api),
  })
}

const gone = (api: OlderApi): ForagerError =>
  new ForagerError('not-found', `${api.http.host} has no such observable any more.`)
