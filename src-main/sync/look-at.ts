import type { Alert } from '#shared/model/alert.ts'
import type { StepContext } from './kinds/kind.ts'
import { refreshAlert, refreshAttachments, refreshCase, refreshComments } from './kinds/refresh.ts'
import { refreshObservables, refreshProcedures } from './kinds/refresh.ts'

export type LookContext = Pick<StepContext, 'server' | 'cache' | 'clock' | 'signal' | 'pending'>

/**
 * One alert with all that hangs on it; what a flavour does not have it answers as an empty list, without a request. Answers the alert
 * as it was before what hangs on it was fetched, where it is there.
 */
export async function lookAtAlert(alertId: string, context: LookContext): Promise<Alert | undefined> {
  const { cache, clock } = context
  const alert = await refreshObservables(alertId, context)
  if (alert === undefined) return undefined
  await refreshComments(alertId, context)
  await refreshProcedures(alertId, context)
  await refreshAttachments(alertId, context)
  await cache.saveChildrenSeen(alertId, clock.now())
  return alert
}

/** Somebody waits for the answer; the others are fetched when they are opened. */
const freedAtOnce = 20

/** One case and its tasks: they change at the server only, so they are fetched when somebody looks. */
export async function lookAtCase(caseId: string, context: LookContext): Promise<void> {
  if (!(await refreshCase(caseId, context))) {
    // Gone or hidden: some servers free its alerts without a stamp (api.md §8.1).
    const alerts = await context.cache.alertsOfCases([caseId])
    for (const id of alerts.slice(0, freedAtOnce)) await refreshAlert(id, context)
    return
  }
  const tasks = await context.server.tasks(caseId, context.signal)
  await context.cache.replaceTasks(caseId, tasks)
}
