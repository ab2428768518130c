import type { Alert, AlertInput } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { nextCursor } from '../../../domain/page.ts'
import type { PageCursor, PageRequest } from '../../../domain/page.ts'
import { orAbsent } from '../../absence.ts'
import { parseJson } from '../../answer-json.ts'
import { call, readOne, readRows } from '../../api.ts'
import type { AlertsById, IdPage, InlineObservables } from '../../port.ts'
import * as wire from '../../wire-fields.ts'
import type { Row } from '../../wire-fields.ts'
import { createAlertBody, marksBody, valueBody } from '../alert-bodies.ts'
import { alertPath } from '../alert-marks.ts'
import { fileText } from '../file-text.ts'
import type { OlderApi } from '../older-api.ts'
import { readAlert } from '../read-alert.ts'
import { pageSearch, searchBytes, searchList } from '../search.ts'
import { alertIdOf, parseKey, sameKey } from './alert-id.ts'
import type { NaturalKey } from './alert-id.ts'
import { checkInput, checkMarks, knowsSighted } from './lacking.ts'

/** Alerts with everything in them, their observables too: TheHive 3 can leave nothing out. */
export const alertPage = (api: OlderApi, request: PageRequest, signal: AbortSignal): Promise<Uint8Array> =>
  searchBytes(api, pageSearch('alert', request), signal)

/** @throws ForagerError `unexpected-shape` when a row has no id: a sweep with a hole would take an alert for gone */
export async function alertIdPage(
  api: OlderApi,
  { cursor, limit }: { cursor: PageCursor | undefined; limit: number },
  signal: AbortSignal,
): Promise<IdPage> {
  const request: PageRequest = { field: 'createdAt', direction: 'asc', cursor, limit }
  const answer = parseJson(await alertPage(api, request, signal), api.http.host)
  const rows = readRows(api, answer, (value) => {
    const row = wire.asRow(value, 'alert')
    return { id: wire.id(row), createdAt: wire.number(row, 'createdAt') }
  })
  const stamps = rows.map(({ createdAt }) => createdAt)
  return { ids: rows.map(({ id }) => id), next: nextCursor(stamps, request) }
}

/** The alert as it came; undefined when gone or hidden. */
export const rawAlert = (api: OlderApi, id: string, signal: AbortSignal): Promise<Row | undefined> =>
  orAbsent(async () => {
    const answer = await call(api, { method: 'GET', path: alertPath(id) }, signal)
    return readOne(api, answer, (value) => wire.asRow(value, 'alert'))
  })

export async function getAlert(
  api: OlderApi,
  idOrKey: string,
  signal: AbortSignal,
): Promise<Alert | undefined> {
  const key = parseKey(idOrKey)
  const row = await rawAlert(api, key === undefined ? idOrKey : alertIdOf(key, api.version), signal)
  const alert = row && readOne(api, row, (value) => readAlert(value, api.scale))
  if (key === undefined || (alert !== undefined && sameKey(alert, key))) return alert
  return searchByKey(api, key, signal)
}

/** From the search index, which follows within a second or so. */
export async function alertsById(
  api: OlderApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<AlertsById> {
  const query = { _or: ids.map((id) => ({ _id: id })) }
  const search = { model: 'alert', query, range: `0-${ids.length}`, sort: ['+createdAt'] }
  return { alerts: await searchList(api, search, (row) => readAlert(row, api.scale), signal), lagging: true }
}

/** Alerts keep the id an older TheHive 3 gave them, or the one their sender chose: the key itself is asked for then. */
async function searchByKey(api: OlderApi, key: NaturalKey, signal: AbortSignal): Promise<Alert | undefined> {
  const { type, source, sourceRef } = key
  const query = { _and: [{ type }, { source }, { sourceRef }] }
  const search = { model: 'alert', query, range: '0-10', sort: ['-createdAt'] }
  const found = await searchList(api, search, (row) => readAlert(row, api.scale), signal)
  return found.find((alert) => sameKey(alert, key))
}

/** Observables and files travel inside. @throws ForagerError `conflict` with `details.twinId`, which the key alone tells */
export async function createAlert(
  api: OlderApi,
  input: AlertInput,
  inline: InlineObservables,
  signal: AbortSignal,
): Promise<Alert> {
  checkInput(input, api.version)
  const json = createAlertBody(api, input, await inlineArtifacts(api, inline))
  try {
    const answer = await call(api, { method: 'POST', path: '/api/alert', json }, signal)
    return readOne(api, answer, (row) => readAlert(row, api.scale))
  } catch (thrown) {
    if (!(thrown instanceof ForagerError) || thrown.kind !== 'conflict') throw thrown
    throw new ForagerError(
      'conflict',
      `${api.http.host} already has an alert with this type, source and reference.`,
      {
        next: 'Open the existing alert, or change the reference.',
        details: { ...thrown.details, twinId: alertIdOf(input, api.version) },
      },
    )
  }
}

async function inlineArtifacts(api: OlderApi, { values, files }: InlineObservables): Promise<Row[]> {
  for (const { marks } of [...values, ...files]) checkMarks(marks, api.version)
  const sighted = knowsSighted(api.version)
  const artifacts: Row[] = values.map(({ value, marks }) => ({
    ...valueBody(value),
    ...marksBody(api, marks, sighted),
  }))
  for (const { file, marks } of files) {
    const { text } = await fileText(file)
    artifacts.push({ dataType: 'file', data: text, ...marksBody(api, marks, sighted) })
  }
  return artifacts
}
