import type { AlertChange } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import { parseJson } from '../../answer-json.ts'
import { call, readOne, readRows } from '../../api.ts'
import type { ItemResult } from '../../port.ts'
import { tagsAfter } from '../../tags-after.ts'
import * as wire from '../../wire-fields.ts'
import { changesTags, isEmpty, updateAlertBody } from '../alert-bodies.ts'
import { markRead } from '../alert-marks.ts'
import { readMarkFor } from '../alert-status.ts'
import { oneByOne } from '../../bulk.ts'
import { oneAfterAnother } from '../../one-after-another.ts'
import { lacks } from '../older-api.ts'
import type { OlderApi } from '../older-api.ts'
import { rawAlert } from './alerts.ts'
import { checkChange, reasons } from './lacking.ts'

/**
 * One alert, through the bulk call all the same: a plain PATCH makes a read alert that is followed unread, and opens the
 * case of an imported one again (api.md §3.4). An analyst who corrects a title means neither; the bulk call does neither.
 */
export async function updateAlert(
  api: OlderApi,
  id: string,
  change: AlertChange,
  signal: AbortSignal,
): Promise<void> {
  const mark = markOf(change)
  checkChange(change, api.version)
  const body = updateAlertBody(api, change)
  if (changesTags(change)) body['tags'] = tagsAfter(await tagsOf(api, id, signal), change)
  await oneAfterAnother([
    ...(isEmpty(body) ? [] : [() => patchOne(api, id, body, signal)]),
    ...(mark === undefined ? [] : [() => markRead(api, id, mark, signal)]),
  ])
}

/** One request where every alert gets the same; tags and read marks depend on each alert. */
export async function updateAlerts(
  api: OlderApi,
  ids: readonly string[],
  change: AlertChange,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  if (dependsOnAlert(change) || ids.length < 2)
    return oneByOne(ids, (id) => updateAlert(api, id, change, signal))
  checkChange(change, api.version)
  return patchMany(api, ids, updateAlertBody(api, change), signal)
}

/** Tags travel as whole lists, and a status is a read mark, for which there is no bulk call. */
export const dependsOnAlert = (change: AlertChange): boolean =>
  changesTags(change) || change.status !== undefined

/** Undefined: the status stays. @throws ForagerError `rejected` for a status nobody can choose here */
function markOf({ status }: AlertChange): boolean | undefined {
  if (status === undefined) return undefined
  const mark = readMarkFor(status)
  if (mark === undefined) throw lacks(reasons.status)
  return mark
}

async function tagsOf(api: OlderApi, id: string, signal: AbortSignal): Promise<string[]> {
  const row = await rawAlert(api, id, signal)
  if (row === undefined) throw new ForagerError('not-found', `${api.http.host} has no such alert.`)
  return readOne(api, row, (value) => wire.texts(wire.asRow(value, 'alert'), 'tags'))
}

const bulkPath = '/api/alert/_bulk'

/** Answers with the alert as it is now. @throws ForagerError `not-found` when it is gone: the bulk call says so in a 400 */
export async function patchOne(
  api: OlderApi,
  id: string,
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    const json = { ids: [id], ...body }
    const [alert] = readRows(
      api,
      await call(api, { method: 'PATCH', path: bulkPath, json }, signal),
      (row) => row,
    )
    return alert
  } catch (thrown) {
    throw asNotFound(thrown)
  }
}

/** 200: all took hold · 207: some did, and the answer names those · 400: none did (api.md §3.5). */
async function patchMany(
  api: OlderApi,
  ids: readonly string[],
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  try {
    const json = { ids, ...body }
    const answer = await api.http.send({ method: 'PATCH', path: bulkPath, json }, signal)
    if (answer.status !== 207) return ids.map((id) => ({ id }))
    return mixed(api, ids, parseJson(answer.body, api.http.host))
  } catch (thrown) {
    const error = asNotFound(thrown)
    if (!(error instanceof ForagerError) || !['rejected', 'not-found'].includes(error.kind)) throw error
    return ids.map((id) => ({ id, error: toErrorData(error) }))
  }
}

function mixed(api: OlderApi, ids: readonly string[], answer: unknown): ItemResult[] {
  const parts = readOne(api, answer, (value) => wire.asRow(value, 'answer'))
  const took = new Set(readRows(api, parts['success'] ?? [], (row) => wire.id(wire.asRow(row, 'alert'))))
  const failures = readRows(api, parts['failure'] ?? [], (row) => wire.asRow(row, 'failure'))
  const failed = ids.filter((id) => !took.has(id))
  const reasonOf = (id: string) => {
    const own = failures.find(({ message }) => typeof message === 'string' && message.includes(id))
    return own ?? failures[failed.indexOf(id)]
  }
  return ids.map((id) => (took.has(id) ? { id } : { id, error: failureOf(api, reasonOf(id)) }))
}

function failureOf(api: OlderApi, failure: wire.Row | undefined): ItemResult['error'] {
  const { type, message } = failure ?? {}
  const said = typeof message === 'string' ? ` It said: ${message.slice(0, 500)}` : ''
  const kind = type === 'NotFoundError' ? 'not-found' : 'rejected'
  return { kind, message: `${api.http.host} did not change this alert.${said}` }
}

function asNotFound(thrown: unknown): unknown {
  if (!(thrown instanceof ForagerError) || thrown.kind !== 'rejected') return thrown
  if (thrown.details?.['serverType'] !== 'NotFoundError') return thrown
  const { did, next, details } = thrown
  return new ForagerError('not-found', thrown.message, { did, next, details, cause: thrown })
}
