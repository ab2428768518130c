import type { Case, PromoteChoices } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { atLeast } from '../../server-version.ts'
import { requireTemplate } from '../case-templates.ts'
import * as shared from '../imports.ts'
import type { OlderApi } from '../older-api.ts'
import { alertsById, getAlert } from './alerts.ts'

/**
 * A template that is not there would give an empty case without a word, so it is looked for first. TheHive 3.2.1 to 3.3
 * overlook the template the alert names (api.md §9.2): it is named for them.
 */
export async function promote(
  api: OlderApi,
  id: string,
  choices: PromoteChoices,
  signal: AbortSignal,
): Promise<Case> {
  const chosen = shared.templateChosen(api, choices)
  if (chosen !== undefined) await requireTemplate(api, chosen, signal)
  const forgetful = atLeast(api.version, '3.2.1') && !atLeast(api.version, '3.4.0')
  const template = chosen ?? (forgetful ? await ownTemplate(api, id, signal) : undefined)
  return shared.promote(api, id, template, signal)
}

async function ownTemplate(api: OlderApi, id: string, signal: AbortSignal): Promise<string | undefined> {
  return (await getAlert(api, id, signal))?.caseTemplate
}

/** Most alerts one merge may take: before 3.3 there is no bulk call. */
export const mergeLimit = (version: string): number | undefined => (atLeast(version, '3.3.0') ? undefined : 1)

/**
 * TheHive 3's bulk call takes alerts out of the case they are in (api.md §3.9), so none that is in another may be among
 * them. Whoever merges one in the moment between the question and the call loses to us: there is no call that asks.
 */
export async function mergeMany(
  api: OlderApi,
  alertIds: readonly string[],
  caseId: string,
  signal: AbortSignal,
): Promise<Case> {
  const [only] = alertIds
  if (alertIds.length === 1 && only !== undefined) return shared.merge(api, only, caseId, signal)
  const { alerts } = await alertsById(api, alertIds, signal)
  if (alerts.length < new Set(alertIds).size)
    throw new ForagerError('not-found', `${api.http.host} no longer has all of these alerts.`, {
      did: 'Nothing was merged.',
    })
  const elsewhere = alerts.find((alert) => alert.caseId !== undefined && alert.caseId !== caseId)
  if (elsewhere?.caseId !== undefined) throw shared.inAnotherCase(api, { id: elsewhere.caseId })
  return shared.mergeMany(api, alertIds, caseId, signal)
}
