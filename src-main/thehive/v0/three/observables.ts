import type {
  Observable,
  ObservableChange,
  ObservableMarks,
  ObservableValue,
} from '#shared/model/observable.ts'
import type { AddedObservables, ItemResult } from '../../port.ts'
import type { Row } from '../../wire-fields.ts'
import { marksBody, valueBody } from '../alert-bodies.ts'
import { lacks } from '../older-api.ts'
import type { OlderApi } from '../older-api.ts'
import { rawAlert } from './alerts.ts'
import { changedArtifact, missingArtifact } from './artifact-change.ts'
import { editArtifacts } from './edit-artifacts.ts'
import { checkMarks, knowsSighted, reasons } from './lacking.ts'
import { artifactId, readArtifacts } from './read-artifacts.ts'

/** All of one alert; none when it is gone or hidden. */
export async function listObservables(
  api: OlderApi,
  alertId: string,
  signal: AbortSignal,
): Promise<Observable[]> {
  const row = await rawAlert(api, alertId, signal)
  return row === undefined ? [] : observablesIn(api, row)
}

/** One that cannot be read is left out and told. */
function observablesIn(api: OlderApi, alert: unknown): Observable[] {
  const { observables, setAside } = readArtifacts(alert, api.scale)
  for (const one of setAside) api.leftOut?.({ what: 'observable', ...one })
  return observables
}

export async function addValues(
  api: OlderApi,
  alertId: string,
  { values, marks }: { values: readonly ObservableValue[]; marks: ObservableMarks },
  signal: AbortSignal,
): Promise<AddedObservables> {
  if (values.length === 0) return { added: [], failed: [] }
  checkMarks(marks, api.version)
  const marked = marksBody(api, marks, knowsSighted(api.version))
  const rows = values.map(({ dataType, data }) => ({
    name: data,
    row: { ...valueBody({ dataType, data: data.trim() }), ...marked },
  }))
  return add(api, alertId, rows, signal)
}

type Addition = { name: string; row: Row }

const leftOut = 'The server took the request and left this out.'

async function add(
  api: OlderApi,
  alertId: string,
  additions: readonly Addition[],
  signal: AbortSignal,
): Promise<AddedObservables> {
  const idOf = ({ row }: Addition): string => artifactId(alertId, row)
  let fresh: Addition[] = []
  const after = await editArtifacts(api, alertId, signal, (artifacts) => {
    const seen = new Set(artifacts.map((row) => artifactId(alertId, row)))
    fresh = additions.filter((one) => !seen.has(idOf(one)) && seen.add(idOf(one)))
    return fresh.length === 0 ? undefined : [...artifacts, ...fresh.map(({ row }) => row)]
  })
  const now = new Map(after === undefined ? [] : observablesIn(api, after).map((one) => [one.id, one]))
  const result: AddedObservables = { added: [], failed: [] }
  for (const one of additions) {
    const made = now.get(idOf(one))
    if (!fresh.includes(one))
      result.failed.push({ data: one.name, alreadyThere: true, message: 'Observable already exists' })
    else if (made === undefined) result.failed.push({ data: one.name, alreadyThere: false, message: leftOut })
    else result.added.push(made)
  }
  return result
}

export async function updateObservable(
  api: OlderApi,
  { alertId, id }: { alertId: string; id: string },
  change: ObservableChange,
  signal: AbortSignal,
): Promise<void> {
  const [result] = await updateObservables(api, { alertId, ids: [id] }, change, signal)
  if (result?.error !== undefined) throw missingArtifact(api)
}

export async function updateObservables(
  api: OlderApi,
  { alertId, ids }: { alertId: string; ids: readonly string[] },
  change: ObservableChange,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  if (change.pap !== undefined) throw lacks(reasons.observablePap)
  // It could be written, but the type is part of the id: the observable would become another one.
  if (change.dataType !== undefined) throw lacks(reasons.observableType)
  if (change.ignoreSimilarity !== undefined) throw lacks(reasons.ignoreSimilarity)
  checkMarks({ sighted: change.sighted === true }, api.version)
  const found = new Set<string>()
  await editArtifacts(api, alertId, signal, (artifacts) => {
    const edited = artifacts.map((row) => {
      const id = artifactId(alertId, row)
      if (!ids.includes(id)) return row
      found.add(id)
      return changedArtifact(row, change, api.scale)
    })
    return found.size === 0 ? undefined : edited
  })
  const { kind, message } = missingArtifact(api)
  return ids.map((id) => (found.has(id) ? { id } : { id, error: { kind, message } }))
}

/** Gone already counts as done. */
export async function deleteObservable(
  api: OlderApi,
  { alertId, id }: { alertId: string; id: string },
  signal: AbortSignal,
): Promise<void> {
  await editArtifacts(api, alertId, signal, (artifacts) => {
    const kept = artifacts.filter((row) => artifactId(alertId, row) !== id)
    return kept.length === artifacts.length ? undefined : kept
  })
}
