import type { Case, PromoteChoices } from '#shared/model/case.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { requireTemplate } from '../case-templates.ts'
import * as shared from '../imports.ts'
import type { OlderApi } from '../older-api.ts'
import { unlessGone } from './alerts.ts'

/** A template that is not there is a 403 to TheHive 4, as if nobody might promote (api.md §1.3): it is looked for then. */
export async function promote(
  api: OlderApi,
  id: string,
  choices: PromoteChoices,
  signal: AbortSignal,
): Promise<Case> {
  const chosen = shared.templateChosen(api, choices)
  try {
    return await unlessGone(api, id, signal, () => shared.promote(api, id, chosen, signal))
  } catch (thrown) {
    const doubtful = thrown instanceof ForagerError && thrown.kind === 'forbidden'
    if (doubtful && chosen !== undefined) await requireTemplate(api, chosen, signal)
    throw thrown
  }
}

export const merge = (api: OlderApi, alertId: string, caseId: string, signal: AbortSignal): Promise<Case> =>
  unlessGone(api, alertId, signal, () => shared.merge(api, alertId, caseId, signal))
