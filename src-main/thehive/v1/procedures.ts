import type { Procedure, ProcedureChange, ProcedureInput } from '#shared/model/procedure.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'
import { alertPath } from './alerts.ts'
import { partsOfAlert } from './queries.ts'
import { queryList } from './run-query.ts'

/** @throws WireProblem naming the first field that is not as promised */
export function readProcedure(value: unknown): Procedure {
  const row = wire.asRow(value, 'procedure')
  const [patternName, tactic] = [wire.optionalText(row, 'patternName'), wire.optionalText(row, 'tactic')]
  const description = wire.optionalText(row, 'description')
  const updatedAt = wire.optionalNumber(row, '_updatedAt')
  return {
    id: wire.id(row),
    // The pattern may have been removed from the catalogue since.
    patternId: wire.optionalText(row, 'patternId') ?? '',
    occurDate: wire.moment(row, 'occurDate'),
    createdAt: wire.number(row, '_createdAt'),
    createdBy: wire.text(row, '_createdBy'),
    ...(patternName !== undefined && { patternName }),
    ...(tactic !== undefined && { tactic }),
    ...(description !== undefined && { description }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
}

/** In the order of their happening. */
export async function listProcedures(api: Api, alertId: string, signal: AbortSignal): Promise<Procedure[]> {
  const steps = partsOfAlert(alertId, 'procedures')
  const procedures = await queryList(api, { label: 'alert-procedures', steps, read: readProcedure }, signal)
  return procedures.sort((a, b) => a.occurDate - b.occurDate)
}

export async function addProcedure(
  api: Api,
  alertId: string,
  input: ProcedureInput,
  signal: AbortSignal,
): Promise<Procedure> {
  const json = withoutEmptyTactic(input)
  const answer = await call(api, { method: 'POST', path: alertPath(alertId, '/procedure'), json }, signal)
  return readOne(api, answer, readProcedure)
}

const path = (id: string): string => `/api/v1/procedure/${segment(id)}`

export async function editProcedure(
  api: Api,
  id: string,
  change: ProcedureChange,
  signal: AbortSignal,
): Promise<void> {
  await api.http.send({ method: 'PATCH', path: path(id), json: withoutEmptyTactic(change) }, signal)
}

/** The API asks for at least one character; left out, the server takes the technique's only tactic. */
function withoutEmptyTactic<T extends { tactic?: string | undefined }>(change: T): T {
  return change.tactic === '' ? { ...change, tactic: undefined } : change
}

/** Gone already counts as done. */
export async function deleteProcedure(api: Api, id: string, signal: AbortSignal): Promise<void> {
  await orAbsent(() => api.http.send({ method: 'DELETE', path: path(id) }, signal))
}
