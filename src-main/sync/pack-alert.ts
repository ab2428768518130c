import { canDo } from '#shared/model/session.ts'
import { stampOf } from '../domain/is-older.ts'
import type { PackEntry } from '../domain/pack-readiness.ts'
import { lookAtAlert, lookAtCase } from './look-at.ts'
import type { LookContext } from './look-at.ts'

/** `cases`: those whose tasks have been fetched already, shared by the alerts of one run. */
export type PackContext = LookContext & { similar: boolean; cases: Set<string> }

/** Everything that hangs on one alert, its case and what is similar; then the mark that it is whole, with the stamp from before that. */
export async function packAlert({ id, caseId }: PackEntry, context: PackContext): Promise<void> {
  const { cache, clock } = context
  const alert = await lookAtAlert(id, context)
  if (alert === undefined) return
  if (caseId !== undefined && !context.cases.has(caseId)) {
    context.cases.add(caseId)
    await lookAtCase(caseId, context)
  }
  const similar = context.similar ? await similarTo(id, context) : undefined
  await cache.savePacked({ alertId: id, at: clock.now(), stamp: stampOf(alert), similar })
}

/** TheHive 3 and 4 compare alerts with cases only. */
async function similarTo(id: string, { server, signal }: PackContext) {
  const comparing = canDo(server.session.capabilities, 'similarAlerts') === true
  return {
    cases: await server.similarCases(id, signal),
    alerts: comparing ? await server.similarAlerts(id, signal) : [],
  }
}
