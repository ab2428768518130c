import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { PendingOperations } from '../ports.ts'
import { serverNow, timedBy } from '../server-time.ts'
import type { StepContext } from './kind.ts'

type Server = Pick<StepContext, 'server' | 'cache' | 'clock' | 'signal'> & {
  pending: Pick<PendingOperations, 'noteServerState'>
}

/** Base := the server's alert, which later decisions are compared with. A 404 means gone or hidden: the local copy stays, marked. Answers it where it is there. */
export async function refreshAlert(alertId: string, context: Server): Promise<Alert | undefined> {
  const { cache, clock } = context
  const alert = await seenAlert(alertId, context)
  if (alert === undefined) await cache.markGone([alertId], clock.now())
  return alert
}

/** Base := these, with which all that waits is compared. */
export async function takeIn(alerts: readonly Alert[], { server, cache, clock, pending }: Server) {
  if (alerts.length === 0) return
  const there = serverNow(timedBy({ server, clock }))
  const { underPending } = await cache.ingestAlerts(alerts, clock.now(), there)
  pending.noteServerState(underPending)
}

/** The alert as the server has it now. What is looked at for one decision is known to all others, and to those that follow. */
export async function seenAlert(alertId: string, context: Server): Promise<Alert | undefined> {
  const alert = await context.server.alert(alertId, context.signal)
  if (alert !== undefined) await takeIn([alert], context)
  return alert
}

/** The same with its observables: adding one also changes the alert's count. */
export async function refreshObservables(alertId: string, context: Server): Promise<Alert | undefined> {
  const alert = await refreshAlert(alertId, context)
  if (alert === undefined) return undefined
  await readObservables(alertId, context)
  return alert
}

export async function readObservables(
  alertId: string,
  { server, cache, signal }: Server,
): Promise<Observable[]> {
  const there = await server.observables(alertId, signal)
  await cache.replaceObservables(alertId, there)
  return there
}

export async function refreshComments(alertId: string, { server, cache, signal }: Server): Promise<void> {
  await cache.replaceComments(alertId, await server.comments(alertId, signal))
}

export async function refreshProcedures(alertId: string, { server, cache, signal }: Server): Promise<void> {
  await cache.replaceProcedures(alertId, await server.procedures(alertId, signal))
}

export async function refreshAttachments(alertId: string, { server, cache, signal }: Server): Promise<void> {
  await cache.replaceAttachments(alertId, await server.attachments(alertId, signal))
}

/** Base := the server's case; answers whether it is there. A 404 means gone or hidden: what we have stays, marked. */
export async function refreshCase(caseId: string, { server, cache, signal }: Server): Promise<boolean> {
  const found = await server.case(caseId, signal)
  if (found === undefined) await cache.markCasesGone([caseId])
  else await cache.upsertCases([found])
  return found !== undefined
}

/** The alert as `seenAlert` has it; gone is a refusal with a way out, not a crash. */
export async function mustHaveAlert(alertId: string, context: Server): Promise<Alert> {
  return mustHave(await seenAlert(alertId, context), 'alert')
}

export async function mustHaveCase(caseId: string, { server, signal }: Server) {
  return mustHave(await server.case(caseId, signal), 'case')
}

/** What was looked for and found; a refusal in words otherwise. */
export function mustHave<T>(found: T | undefined, what: string): T {
  if (found !== undefined) return found
  throw isMissing(what)
}

export const isMissing = (what: string): ForagerError =>
  new ForagerError(
    'not-found',
    `The server no longer shows this ${what}: it was deleted or hidden from you.`,
    {
      did: 'Your decision is kept here and was not sent.',
      next: `Drop it, or try again once the ${what} is visible.`,
    },
  )
