import type { SimilarAlert, SimilarCase } from '#shared/model/similar.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Driver } from '../sync/driver.ts'
import type { ServiceContext } from './context.ts'
import { isAble } from './permissions.ts'

/** As the server counts it, now. An alert that the server does not have yet resembles nothing there. */
export async function askSimilar(
  { id }: { id: string },
  context: ServiceContext & { driver: Pick<Driver, 'ask'> },
): Promise<{ cases: SimilarCase[]; alerts: SimilarAlert[] }> {
  const alertId = context.book.resolveId(id)
  if (isLocalId(alertId) || context.session().flavour === 'local') return { cases: [], alerts: [] }
  return context.driver.ask(async (server, signal) => ({
    cases: await server.similarCases(alertId, signal),
    alerts: isAble('similarAlerts', context) ? await server.similarAlerts(alertId, signal) : [],
  }))
}
