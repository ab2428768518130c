import { canDo } from '#shared/model/session.ts'
import type { PackEntry } from '../domain/pack-readiness.ts'
import { lookAtCase } from './look-at.ts'
import type { LookContext } from './look-at.ts'
import {
  refreshAttachments,
  refreshComments,
  refreshObservables,
  refreshProcedures,
} from './kinds/refresh.ts'

/** `cases`: those whose tasks have been fetched already, shared by the alerts of one run. */
export type PackContext = LookContext & { similar: boolean; cases: Set<string> }

/**
 * Everything that hangs on one alert, then the mark that it is whole. Its stamp is the one known before fetching: what changed
 * meanwhile counts as changed. What a flavour does not have it answers as an empty list, without a request.
 */
export async function packAlert({ id, caseId, stamp }: PackEntry, context: PackContext): Promise<void> {
  const { cache, clock } = context
  if (!(await refreshObservables(id, context))) return
  await refreshComments(id, context)
  await refreshProcedures(id, context)
  await refreshAttachments(id, context)
  if (caseId !== undefined && !context.cases.has(caseId)) {
    context.cases.add(caseId)
    await lookAtCase(caseId, context)
  }
  const similar = context.similar ? await similarTo(id, context) : undefined
  await cache.savePacked({ alertId: id, at: clock.now(), stamp, similar })
}

/** TheHive 3 and 4 compare alerts with cases only. */
async function similarTo(id: string, { server, signal }: PackContext) {
  const comparing = canDo(server.session.capabilities, 'similarAlerts') === true
  return {
    cases: await server.similarCases(id, signal),
    alerts: comparing ? await server.similarAlerts(id, signal) : [],
  }
}
