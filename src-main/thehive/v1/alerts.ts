import type { PageRequest } from '../../domain/page.ts'
import { alertKey } from '#shared/model/alert.ts'
import type { Alert, AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { Case, PromoteChoices } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { atLeast } from '../server-version.ts'
import { orAbsent } from '../absence.ts'
import { tagsAfter } from '../tags-after.ts'
import { createAlertBody, promoteBody, updateAlertBody } from './alert-bodies.ts'
import { call, readOne, segment } from '../api.ts'
import { query, queryBytes } from './run-query.ts'
import type { Api } from '../api.ts'
import { pageSteps } from './queries.ts'
import { readAlert } from './read-alert.ts'
import { readCase } from './read-case.ts'

const path = (idOrKey: string, rest = ''): string => `/api/v1/alert/${segment(idOrKey)}${rest}`

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
    const answer = await call(api, { method: 'GET', path: path(idOrKey) }, signal)
    return readOne(api, answer, (row) => readAlert(row, api.scale))
  })
}

/** @throws ForagerError `conflict` with `details.twinId` when an alert with the same type, source and sourceRef is there */
export async function createAlert(api: Api, input: AlertInput, signal: AbortSignal): Promise<Alert> {
  const json = createAlertBody(input, api.scale)
  try {
    const answer = await call(api, { method: 'POST', path: '/api/v1/alert', json }, signal)
    return readOne(api, answer, (row) => readAlert(row, api.scale))
  } catch (thrown) {
    throw await asTwin(api, { thrown, input }, signal)
  }
}

/** Servers word a duplicate differently (api.md §2.4): after a refusal the twin itself tells. */
async function asTwin(
  api: Api,
  { thrown, input }: { thrown: unknown; input: AlertInput },
  signal: AbortSignal,
): Promise<unknown> {
  if (!(thrown instanceof ForagerError) || !['rejected', 'conflict'].includes(thrown.kind)) return thrown
  const twin = await getAlert(api, alertKey(input), signal)
  if (twin === undefined) return thrown
  const message = `${api.http.host} already has an alert with this type, source and reference.`
  return new ForagerError('conflict', message, {
    next: 'Open the existing alert, or change the reference.',
    details: { ...thrown.details, twinId: twin.id },
  })
}

export async function updateAlert(
  api: Api,
  id: string,
  change: AlertChange,
  signal: AbortSignal,
): Promise<void> {
  const json = updateAlertBody(change, api.scale)
  const patchesTags = json['addTags'] !== undefined || json['removeTags'] !== undefined
  if (patchesTags && !atLeast(api.version, '5.1.0')) await replaceTags(api, { id, change, json }, signal)
  await api.http.send({ method: 'PATCH', path: path(id), json }, signal)
}

/** Before 5.1 a server knows no addTags and removeTags and would ignore them: the whole list is written instead. */
async function replaceTags(
  api: Api,
  { id, change, json }: { id: string; change: AlertChange; json: Record<string, unknown> },
  signal: AbortSignal,
): Promise<void> {
  const alert = await getAlert(api, id, signal)
  if (alert === undefined) throw new ForagerError('not-found', `${api.http.host} has no such alert.`)
  delete json['addTags']
  delete json['removeTags']
  json['tags'] = tagsAfter(alert.tags, change)
}

export async function deleteAlert(api: Api, id: string, signal: AbortSignal): Promise<void> {
  await api.http.send({ method: 'DELETE', path: path(id) }, signal)
}

export async function promote(
  api: Api,
  id: string,
  choices: PromoteChoices,
  signal: AbortSignal,
): Promise<Case> {
  const json = promoteBody(choices, api.scale)
  const answer = await call(api, { method: 'POST', path: path(id, '/case'), json }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}

export async function merge(api: Api, alertId: string, caseId: string, signal: AbortSignal): Promise<Case> {
  const target = path(alertId, `/merge/${segment(caseId)}`)
  const answer = await call(api, { method: 'POST', path: target }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}
