import type { Case, PromoteChoices } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import { mergeLimit } from '../bulk.ts'
import { atLeast } from '../server-version.ts'
import { requireAbility } from './abilities.ts'
import { alertPath } from './alerts.ts'
import { promoteBody } from './bodies.ts'
import { readCase } from './read-case.ts'

export async function promote(
  api: Api,
  id: string,
  choices: PromoteChoices,
  signal: AbortSignal,
): Promise<Case> {
  const { caseTemplate: _, ...overrides } = choices
  const overridden = Object.values(overrides).some((value) => value !== undefined)
  if (overridden) requireAbility(api.version, 'promoteOverrides')
  if (choices.pages !== undefined) requireAbility(api.version, 'promotePages')
  return post(api, { path: alertPath(id, '/case'), json: promoteBody(choices, api.scale) }, signal)
}

export async function merge(api: Api, alertId: string, caseId: string, signal: AbortSignal): Promise<Case> {
  return post(api, { path: alertPath(alertId, `/merge/${segment(caseId)}`) }, signal)
}

/** One request. @throws ForagerError `rejected`, before any request, for more than the server takes at once */
export async function mergeMany(
  api: Api,
  alertIds: readonly string[],
  caseId: string,
  signal: AbortSignal,
): Promise<Case> {
  if (atLeast(api.version, '5.5.6') && alertIds.length > mergeLimit) {
    const message = `This server merges at most ${mergeLimit} alerts at once; these are ${alertIds.length}.`
    throw new ForagerError('rejected', message, { details: { sent: false } })
  }
  const json = { caseId, alertIds: [...new Set(alertIds)] }
  return post(api, { path: '/api/v1/alert/merge/_bulk', json }, signal)
}

/** Observables and procedures only; the alert is linked all the same. */
export async function importInto(
  api: Api,
  alertId: string,
  caseId: string,
  signal: AbortSignal,
): Promise<Case> {
  requireAbility(api.version, 'importObservables')
  return post(api, { path: alertPath(alertId, `/import/${segment(caseId)}`) }, signal)
}

export async function unlink(api: Api, alertId: string, caseId: string, signal: AbortSignal): Promise<void> {
  const path = `/api/v1/case/${segment(caseId)}/alert/${segment(alertId)}`
  await api.http.send({ method: 'DELETE', path }, signal)
}

async function post(api: Api, request: { path: string; json?: unknown }, signal: AbortSignal): Promise<Case> {
  const answer = await call(api, { method: 'POST', ...request }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}
