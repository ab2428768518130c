import { alertKey } from '#shared/model/alert.ts'
import type { Alert, AlertInput } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableMarks } from '#shared/model/observable.ts'
import { call, readOne } from '../../api.ts'
import type { AddedObservables, InlineObservables } from '../../port.ts'
import { createAlertBody, marksBody, valueBody } from '../alert-bodies.ts'
import { checkReadable, fileText } from '../file-text.ts'
import type { OlderApi } from '../older-api.ts'
import { readAlert } from '../read-alert.ts'
import { addFile, addValues } from './add-observables.ts'
import { getAlert } from './alerts.ts'

/** TheHive 4 reads 256 kB of JSON as it is installed (api.md §6.1); some is left for what surrounds the parts. */
const jsonBudget = 240_000

/**
 * Over `/api`: v1 takes no observables, and answers 404 where it means that nobody may (api.md §3.2). What does not fit into
 * one JSON text follows at once, files by multipart.
 * @throws ForagerError `conflict` with `details.twinId` when an alert with the same type, source and sourceRef is there;
 *   `details.createdId` when the alert was made and something that followed was not taken
 */
export async function createAlert(
  api: OlderApi,
  input: AlertInput,
  inline: InlineObservables,
  signal: AbortSignal,
): Promise<Alert> {
  const { artifacts, later } = await fitting(api, input, inline)
  // What cannot be read is found out before anything is made.
  for (const { file } of later.files) await checkReadable(file)
  const made = await send(api, { input, artifacts }, signal)
  if (later.values.length + later.files.length === 0) return made
  await addLater(api, made.id, later, signal)
  return (await getAlert(api, made.id, signal)) ?? made
}

async function send(
  api: OlderApi,
  { input, artifacts }: { input: AlertInput; artifacts: readonly Record<string, unknown>[] },
  signal: AbortSignal,
): Promise<Alert> {
  const json = createAlertBody(api, input, artifacts)
  try {
    const answer = await call(api, { method: 'POST', path: '/api/alert', json }, signal)
    return readOne(api, answer, (row) => readAlert(row, api.scale))
  } catch (thrown) {
    throw await refusal(api, { thrown, input }, signal)
  }
}

/** As much as the JSON may hold, in the order given. */
async function fitting(api: OlderApi, input: AlertInput, { values, files }: InlineObservables) {
  let left = jsonBudget - Buffer.byteLength(JSON.stringify(createAlertBody(api, input, [])))
  const artifacts: Record<string, unknown>[] = []
  const fits = (artifact: Record<string, unknown>): boolean => {
    const size = Buffer.byteLength(JSON.stringify(artifact)) + 1
    if (size > left) return false
    left -= size
    artifacts.push(artifact)
    return true
  }
  const laterValues = values.filter(
    ({ value, marks }) => !fits({ ...valueBody(value), ...marksBody(api, marks, true) }),
  )
  const laterFiles: InlineObservables['files'][number][] = []
  for (const one of files) {
    const marked = marksBody(api, one.marks, true)
    // Base64 makes four characters of three bytes.
    const small = (one.file.size * 4) / 3 < left
    if (!small || !fits({ dataType: 'file', data: (await fileText(one.file)).text, ...marked }))
      laterFiles.push(one)
  }
  return { artifacts, later: { values: laterValues, files: laterFiles } }
}

/** A duplicate names its twin; an observable type TheHive 4 does not know is a 404, but nothing that was asked for is gone. */
async function refusal(
  api: OlderApi,
  { thrown, input }: { thrown: unknown; input: AlertInput },
  signal: AbortSignal,
): Promise<unknown> {
  if (!(thrown instanceof ForagerError)) return thrown
  const { kind, details } = thrown
  if (kind === 'not-found' && details?.['serverType'] !== undefined)
    return new ForagerError('rejected', thrown.message, { did: 'No alert was made.', details, cause: thrown })
  if (kind !== 'conflict') return thrown
  const twin = await getAlert(api, alertKey(input), signal)
  if (twin === undefined) return thrown
  const message = `${api.http.host} already has an alert with this type, source and reference.`
  return new ForagerError('conflict', message, {
    next: 'Open the existing alert, or change the reference.',
    details: { ...details, twinId: twin.id },
  })
}

async function addLater(
  api: OlderApi,
  createdId: string,
  { values, files }: InlineObservables,
  signal: AbortSignal,
): Promise<void> {
  const failed: AddedObservables['failed'] = []
  try {
    for (const group of alike(values)) failed.push(...(await addValues(api, createdId, group, signal)).failed)
    for (const item of files) failed.push(...(await addFile(api, createdId, item, signal)).failed)
  } catch (thrown) {
    if (!(thrown instanceof ForagerError)) throw thrown
    const { kind, message, next, details } = thrown
    const did = 'The alert was made; not all of its observables were.'
    throw new ForagerError(kind, message, { did, next, details: { ...details, createdId }, cause: thrown })
  }
  const refused = failed.filter(({ alreadyThere }) => !alreadyThere)
  if (refused.length === 0) return
  const names = refused.slice(0, 5).map(({ data, message }) => `${data} (${message})`)
  throw new ForagerError('rejected', `The server made the alert, but refused ${names.join(', ')}.`, {
    did: 'Everything else was added.',
    details: { createdId },
  })
}

type Group = { values: InlineObservables['values'][number]['value'][]; marks: ObservableMarks }

const mostValues = 500

/** Values that can travel together: of one type, with the same marks, and not too many. */
function alike(values: InlineObservables['values']): Group[] {
  const groups = new Map<string, Group[]>()
  for (const { value, marks } of values) {
    const key = `${value.dataType}\n${JSON.stringify(marks)}`
    const started = groups.get(key) ?? []
    groups.set(key, started)
    const open = started.at(-1)
    if (open === undefined || open.values.length >= mostValues) started.push({ values: [value], marks })
    else open.values.push(value)
  }
  return [...groups.values()].flat()
}
