import { alertKey } from '#shared/model/alert.ts'
import type { Alert, AlertInput } from '#shared/model/alert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { parseJson } from '../answer-json.ts'
import { readOne } from '../api.ts'
import type { Api } from '../api.ts'
import { multipartForm } from '../multipart.ts'
import type { FilePart } from '../multipart.ts'
import type { InlineObservables } from '../port.ts'
import { requireAbility } from './abilities.ts'
import { getAlert } from './alerts.ts'
import { createAlertBody, marksBody } from './bodies.ts'
import { readAlert } from './read-alert.ts'

const path = '/api/v1/alert'

/**
 * One request, its files streamed; the server takes all of it or nothing.
 * @throws ForagerError `conflict` with `details.twinId` when an alert with the same type, source and sourceRef is there
 */
export async function createAlert(
  api: Api,
  input: AlertInput,
  inline: InlineObservables,
  signal: AbortSignal,
): Promise<Alert> {
  if (inline.values.length + inline.files.length > 0) requireAbility(api.version, 'createWithObservables')
  const files = inline.files.map(({ file }, at) => ({ part: partName(at), file }))
  const json = { ...createAlertBody(input, api), ...observablesBody(api, inline) }
  try {
    const bytes =
      files.length === 0 ? await sendJson(api, json, signal) : await sendForm(api, { json, files }, signal)
    return readOne(api, parseJson(bytes, api.http.host), (row) => readAlert(row, api.scale))
  } catch (thrown) {
    throw await asTwin(api, { thrown, input }, signal)
  }
}

/** The name that ties an observable to the part with its bytes. */
const partName = (at: number): string => `file${at}`

function observablesBody(api: Api, { values, files }: InlineObservables): { observables?: object[] } {
  const observables = [
    ...values.map(({ value, marks }) => ({ ...value, ...marksBody(marks, api.scale) })),
    ...files.map(({ marks }, at) => ({
      dataType: 'file',
      attachment: partName(at),
      ...marksBody(marks, api.scale),
    })),
  ]
  return observables.length === 0 ? {} : { observables }
}

async function sendJson(api: Api, json: object, signal: AbortSignal): Promise<Uint8Array> {
  return (await api.http.send({ method: 'POST', path, json }, signal)).body
}

async function sendForm(
  api: Api,
  form: { json: object; files: readonly FilePart[] },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const stream = multipartForm(form)
  try {
    return (await api.http.send({ method: 'POST', path, stream }, signal)).body
  } catch (thrown) {
    throw stream.failure() ?? thrown
  } finally {
    stream.body.destroy()
  }
}

/** Servers word a duplicate differently (api.md §2.4): after a refusal the twin itself tells. */
async function asTwin(
  api: Api,
  { thrown, input }: { thrown: unknown; input: AlertInput },
  signal: AbortSignal,
): Promise<unknown> {
  if (!(thrown instanceof ForagerError) || !['rejected', 'conflict'].includes(thrown.kind)) return thrown
  // When the twin cannot be looked up either, the refusal is what the analyst must see.
  const twin = await getAlert(api, alertKey(input), signal).catch(() => undefined)
  if (twin === undefined) return thrown
  const message = `${api.http.host} already has an alert with this type, source and reference.`
  return new ForagerError('conflict', message, {
    next: 'Open the existing alert, or change the reference.',
    details: { ...thrown.details, twinId: twin.id },
  })
}
