import { asForagerError } from '#shared/errors/convert.ts'
import type { SimilarAlert, SimilarCase } from '#shared/model/similar.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Driver } from '../sync/driver.ts'
import type { ServiceContext } from './context.ts'
import { isAble } from './permissions.ts'

type Similar = { cases: SimilarCase[]; alerts: SimilarAlert[]; asOf?: number }
type SimilarContext = ServiceContext & {
  driver: Pick<Driver, 'ask'>
  /** What the server said when the alert was taken along. */
  kept: (alertId: string) => Promise<Similar | undefined>
}

/**
 * As the server counts it, now; out of its reach as it counted when the alert was taken along. An alert that the server does not
 * have yet resembles nothing there.
 */
export async function askSimilar({ id }: { id: string }, context: SimilarContext): Promise<Similar> {
  const alertId = context.book.resolveId(id)
  if (isLocalId(alertId) || context.session().flavour === 'local') return { cases: [], alerts: [] }
  try {
    return await context.driver.ask(async (server, signal) => ({
      cases: await server.similarCases(alertId, signal),
      alerts: isAble('similarAlerts', context) ? await server.similarAlerts(alertId, signal) : [],
    }))
  } catch (thrown) {
    const outOfReach = ['offline', 'timeout', 'tls'].includes(asForagerError(thrown).kind)
    const kept = outOfReach ? await context.kept(alertId) : undefined
    if (kept === undefined) throw thrown
    return kept
  }
}
