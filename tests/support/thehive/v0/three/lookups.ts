import type { Call } from '../../http/router.ts'
import type { Context } from '../../semantics/context.ts'
import { badRequest, notFound } from '../../state/errors.ts'
import type { Alert, Case, Observable, Task } from '../../state/types.ts'

export function findAlert({ state }: Context, id: string): Alert {
  const alert = state.find('alert', id)
  if (!alert) throw notFound(`alert ${id} not found`)
  return alert
}

export function findCase({ state }: Context, id: string): Case {
  const found = state.find('case', id)
  if (!found) throw notFound(`case ${id} not found`)
  return found
}

/** One of a case: those of alerts have no id outside. */
export function findArtifact({ state }: Context, id: string): Observable {
  const observable = state.find('observable', id)
  if (observable?.parent.kind !== 'case') throw notFound(`case_artifact ${id} not found`)
  return observable
}

export function findTask({ state }: Context, id: string): Task {
  const task = state.find('task', id)
  if (!task) throw notFound(`case_task ${id} not found`)
  return task
}

export const alertOf = ({ context, params }: Call): Alert => findAlert(context, params.alertId ?? '')
export const caseOf = ({ context, params }: Call): Case => findCase(context, params.caseId ?? '')
export const artifactOf = ({ context, params }: Call): Observable =>
  findArtifact(context, params.artifactId ?? '')

/** A parameter that must be there. */
export function textOf(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw badRequest(`Parameter "${name}" is missing`)
  return value
}

/** The ids of a bulk operation; none at all when there is no list. */
export const idsOf = (body: Readonly<Record<string, unknown>>, name = 'ids'): string[] => {
  const value = body[name]
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : []
}
