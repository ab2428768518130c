import type { Case, PromoteChoices } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { call, readOne } from '../api.ts'
import { alertPath } from './alert-marks.ts'
import { lacks, nameOf } from './older-api.ts'
import type { OlderApi } from './older-api.ts'
import { readCase } from './read-case.ts'

type Target = { path: string; json?: unknown }

async function caseFrom(api: OlderApi, target: Target, signal: AbortSignal): Promise<Case> {
  const answer = await call(api, { method: 'POST', ...target }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}

/** The template alone can be chosen here; every other wish is refused before anything is sent. */
export function templateChosen(api: OlderApi, choices: PromoteChoices): string | undefined {
  const { caseTemplate, ...others } = choices
  if (Object.values(others).some((value) => value !== undefined))
    throw lacks(`${nameOf(api)} makes a case from an alert as it is; only the template can be chosen.`)
  return caseTemplate
}

/** An alert that is in a case already answers with that case. */
export async function promote(
  api: OlderApi,
  id: string,
  caseTemplate: string | undefined,
  signal: AbortSignal,
): Promise<Case> {
  return caseFrom(api, { path: alertPath(id, '/createCase'), json: { caseTemplate } }, signal)
}

/**
 * TheHive 3 answers for an alert that is in another case already as if it had merged it, and shows the old case: that is a
 * conflict, not a success (api.md §3.9).
 */
export async function merge(
  api: OlderApi,
  alertId: string,
  caseId: string,
  signal: AbortSignal,
): Promise<Case> {
  const target = { path: alertPath(alertId, `/merge/${encodeURIComponent(caseId)}`) }
  const found = await caseFrom(api, target, signal)
  if (found.id !== caseId && String(found.number) !== caseId) throw inAnotherCase(api, found)
  return found
}

export async function mergeMany(
  api: OlderApi,
  alertIds: readonly string[],
  caseId: string,
  signal: AbortSignal,
): Promise<Case> {
  return caseFrom(api, { path: '/api/alert/merge/_bulk', json: { caseId, alertIds } }, signal)
}

export function inAnotherCase(api: OlderApi, { id, number }: { id: string; number?: number | undefined }) {
  const name = number === undefined ? 'another case' : `case #${number}`
  return new ForagerError('conflict', `The alert is in ${name} already.`, {
    did: `${api.http.host} left it there.`,
    next: 'Open that case, or merge the cases.',
    details: { caseId: id },
  })
}
