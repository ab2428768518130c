import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import { parseJson } from '../../answer-json.ts'
import { multipartForm } from '../../multipart.ts'
import { oneTypeOf } from '../../one-type.ts'
import type { AddedObservables, Upload } from '../../port.ts'
import { readAdded } from '../../v1/added-observables.ts'
import { alertPath } from '../../v1/alerts.ts'
import { marksBody } from '../alert-bodies.ts'
import type { OlderApi } from '../older-api.ts'
import { unlessGone } from './alerts.ts'

/** One request; 207 tells what became of each (api.md §3.10). */
export async function addValues(
  api: OlderApi,
  alertId: string,
  { values, marks }: { values: readonly ObservableValue[]; marks: ObservableMarks },
  signal: AbortSignal,
): Promise<AddedObservables> {
  const dataType = oneTypeOf(values)
  if (dataType === undefined) return { added: [], failed: [] }
  const data = values.map((value) => value.data)
  const json = { dataType, data, ...marksBody(api, marks, true) }
  const path = alertPath(alertId, '/artifact')
  const ask = () => api.http.send({ method: 'POST', path, json }, signal)
  const answer = await added(() => unlessGone(api, alertId, signal, ask))
  return readAdded(api, parseJson(answer.body, api.http.host), data)
}

/** Streams the file; with `zip` the server makes one observable of each file inside. */
export async function addFile(
  api: OlderApi,
  alertId: string,
  item: { file: Upload; marks: ObservableMarks; zip?: { password?: string | undefined } | undefined },
  signal: AbortSignal,
): Promise<AddedObservables> {
  const { file, marks, zip } = item
  const password = zip?.password === '' ? undefined : zip?.password
  const unpacking = zip === undefined ? {} : { isZip: true, zipPassword: password }
  const json = { dataType: 'file', ...marksBody(api, marks, true), ...unpacking }
  const stream = multipartForm({ json, files: [{ part: 'attachment', file }] })
  const path = alertPath(alertId, '/artifact')
  try {
    const ask = () => api.http.send({ method: 'POST', path, stream }, signal)
    const answer = await added(() => unlessGone(api, alertId, signal, ask))
    return readAdded(api, parseJson(answer.body, api.http.host), zip === undefined ? [file.name] : [])
  } catch (thrown) {
    throw stream.failure() ?? thrown
  } finally {
    stream.body.destroy()
  }
}

/** A 404 for a type the server does not know says nothing about the alert. */
async function added<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (thrown) {
    if (!(thrown instanceof ForagerError) || thrown.kind !== 'not-found') throw thrown
    // Ours, from a 403, has looked for the alert itself; the server's own answers to this call name the type.
    if (thrown.details?.['status'] !== 404 || thrown.details['serverType'] === undefined) throw thrown
    throw new ForagerError('rejected', thrown.message, { details: thrown.details, cause: thrown })
  }
}
