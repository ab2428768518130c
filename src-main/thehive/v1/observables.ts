import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Observable, ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import type { PageRequest } from '../../domain/page.ts'
import { parseJson } from '../answer-json.ts'
import type { AddedObservables, Upload } from '../port.ts'
import { readAdded } from './added-observables.ts'
import { segment } from '../api.ts'
import { queryBytes, queryList } from './run-query.ts'
import type { Api } from '../api.ts'
import { multipart } from '../multipart.ts'
import { pageSteps, partsOfAlert } from './queries.ts'
import { readObservable } from './read-observable.ts'
import { papToWire } from '../scales.ts'

const path = (alertId: string): string => `/api/v1/alert/${segment(alertId)}/observable`

/** `links` names the alert each observable hangs on. */
export async function observablePage(
  api: Api,
  request: PageRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const steps = pageSteps('listObservable', request, ['links'])
  return queryBytes(api, `observables-${request.field}`, steps, signal)
}

export async function listObservables(api: Api, alertId: string, signal: AbortSignal): Promise<Observable[]> {
  const read = (row: unknown): Observable => readObservable(row, api.scale)
  const steps = partsOfAlert(alertId, 'observables')
  return queryList(api, { label: 'alert-observables', steps, read }, signal)
}

/** One request. A value that is there already is told apart from one that failed. */
export async function addValues(
  api: Api,
  alertId: string,
  { values, marks }: { values: readonly ObservableValue[]; marks: ObservableMarks },
  signal: AbortSignal,
): Promise<AddedObservables> {
  const [first] = values
  if (first === undefined) return { added: [], failed: [] }
  if (values.some(({ dataType }) => dataType !== first.dataType)) {
    throw new ForagerError('bug', 'Values of different types cannot be added in one request.')
  }
  const data = values.map((value) => value.data)
  const json = { dataType: first.dataType, data, ...marksBody(api, marks) }
  try {
    const answer = await api.http.send({ method: 'POST', path: path(alertId), json }, signal)
    return readAdded(api, parseJson(answer.body, api.http.host), data)
  } catch (thrown) {
    return alreadyThere(thrown, data, () => presentValues(api, alertId, first.dataType, signal))
  }
}

/** Streams the file: at no time is more than a few chunks of it in memory. */
export async function addFile(
  api: Api,
  alertId: string,
  { file, marks }: { file: Upload; marks: ObservableMarks },
  signal: AbortSignal,
): Promise<AddedObservables> {
  const form = multipart(JSON.stringify({ dataType: 'file', ...marksBody(api, marks) }), file)
  try {
    const answer = await api.http.send({ method: 'POST', path: path(alertId), stream: form }, signal)
    return readAdded(api, parseJson(answer.body, api.http.host), [file.name])
  } catch (thrown) {
    return alreadyThere(form.failure() ?? thrown, [file.name], async () => new Set())
  } finally {
    form.body.destroy()
  }
}

function marksBody(api: Api, { tlp, pap, tags, ioc, sighted, message }: ObservableMarks): object {
  return {
    tlp: api.scale.toWire[tlp],
    pap: papToWire(pap),
    tags: [...new Set(tags)],
    ioc,
    sighted,
    ...(message !== undefined && { message }),
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
