import { ForagerError } from '#shared/errors/forager-error.ts'
import type { StepContext } from './kind.ts'

type Server = Pick<StepContext, 'server' | 'cache' | 'clock' | 'signal'>

/** Base := the server's alert. A 404 means gone or hidden: the local copy stays. */
export async function refreshAlert(alertId: string, { server, cache, clock, signal }: Server): Promise<void> {
  const alert = await server.alert(alertId, signal)
  if (alert !== undefined) await cache.ingestAlerts([alert], clock.now())
}

/** The same with its observables: adding one also changes the alert's count. */
export async function refreshObservables(alertId: string, context: Server): Promise<void> {
  await refreshAlert(alertId, context)
  await context.cache.replaceObservables(alertId, await context.server.observables(alertId, context.signal))
}

export async function refreshComments(alertId: string, { server, cache, signal }: Server): Promise<void> {
  await cache.replaceComments(alertId, await server.comments(alertId, signal))
}

/** The alert as the server has it now; gone is a refusal with a way out, not a crash. */
export async function mustHaveAlert(alertId: string, { server, signal }: Server) {
  const alert = await server.alert(alertId, signal)
  if (alert === undefined)
    throw new ForagerError(
      'not-found',
      'The server no longer shows this alert: it was deleted or hidden from you.',
      {
        did: 'Your decision is kept here and was not sent.',
        next: 'Drop it, or try again once the alert is visible.',
      },
    )
  return alert
}
