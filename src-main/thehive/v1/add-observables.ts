import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import { parseJson } from '../answer-json.ts'
import type { Api } from '../api.ts'
import { multipartForm } from '../multipart.ts'
import { oneTypeOf } from '../one-type.ts'
import type { AddedObservables, Upload } from '../port.ts'
import { readAdded } from './added-observables.ts'
import { alertPath } from './alerts.ts'
import { marksBody } from './bodies.ts'
import { listObservables } from './observables.ts'

/** One request. A value that is there already is told apart from one that failed. */
export async function addValues(
  api: Api,
  alertId: string,
  { values, marks }: { values: readonly ObservableValue[]; marks: ObservableMarks },
  signal: AbortSignal,
): Promise<AddedObservables> {
  const dataType = oneTypeOf(values)
  if (dataType === undefined) return { added: [], failed: [] }
  const data = values.map((value) => value.data)
  const json = { dataType, data, ...marksBody(marks, api.scale) }
  try {
    const request = { method: 'POST', path: alertPath(alertId, '/observable'), json } as const
    const answer = await api.http.send(request, signal)
    return readAdded(api, parseJson(answer.body, api.http.host), data)
  } catch (thrown) {
    return alreadyThere(thrown, data, () => presentValues(api, alertId, dataType, signal))
  }
}

/** Streams the file: at no time is more than a few chunks of it in memory. */
export async function addFile(
  api: Api,
  alertId: string,
  {
    file,
    marks,
    zip,
  }: { file: Upload; marks: ObservableMarks; zip?: { password?: string | undefined } | undefined },
  signal: AbortSignal,
): Promise<AddedObservables> {
  const password = zip?.password === '' ? undefined : zip?.password
  const unpacking = zip === undefined ? {} : { isZip: true, zipPassword: password }
  const json = { dataType: 'file', ...marksBody(marks, api.scale), ...unpacking }
  const stream = multipartForm({ json, files: [{ part: 'attachment', file }] })
  try {
    const answer = await api.http.send(
      { method: 'POST', path: alertPath(alertId, '/observable'), stream },
      signal,
    )
    return readAdded(api, parseJson(answer.body, api.http.host), zip === undefined ? [file.name] : [])
  } catch (thrown) {
    const failure = stream.failure() ?? thrown
    // What a refused zip held is the server's secret: nothing in it can be called there already.
    if (zip !== undefined) throw failure
    return alreadyThere(failure, [file.name], async () => new Set())
  } finally {
    stream.body.destroy()
  }
}

/**
 * A refusal of the whole request as "already there". With one value the server's type says it all; with several it does not
 * say which, nor whether the others were stored, so the alert is asked.
 */
async function alreadyThere(
  thrown: unknown,
  data: readonly string[],
  present: () => Promise<ReadonlySet<string>>,
): Promise<AddedObservables> {
  if (!(thrown instanceof ForagerError) || thrown.kind !== 'conflict') throw thrown
  // Without TheHive's own error body it comes from something in between, which knows of no observable.
  if (thrown.details?.['serverType'] === undefined) throw thrown
  const { message } = thrown
  const known = data.length === 1 ? new Set(data) : await present()
  return { added: [], failed: data.map((item) => ({ data: item, alreadyThere: known.has(item), message })) }
}

async function presentValues(
  api: Api,
  alertId: string,
  dataType: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const present = await listObservables(api, alertId, signal)
  return new Set(present.filter((one) => one.dataType === dataType).map((one) => one.data ?? ''))
}
