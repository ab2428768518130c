import type { Route } from '../../http/router.ts'
import { requirePermission } from '../../semantics/context.ts'
import { downloadRoutes } from '../downloads.ts'
import { sessionRoutes } from '../session-routes.ts'
import { streamRoutes } from '../stream-routes.ts'
import { showObject } from './models.ts'
import { alertRoutes } from './routes-alerts.ts'
import { artifactRoutes } from './routes-artifacts.ts'
import { caseRoutes } from './routes-cases.ts'
import { platformRoutes } from './routes-platform.ts'
import { showUser } from './serialize.ts'

/** Source: every question needs the role `read`. */
const asReader = (each: Route): Route => ({
  ...each,
  handle: (call) => {
    requirePermission(call.context, 'read')
    return each.handle(call)
  },
})

const asks = ({ isPublic, method, pattern }: Route) =>
  !isPublic && (method === 'GET' || /_(search|stats)$/.test(pattern))

/** TheHive 3, below `/api`. */
export const routesOfThree = (): Route[] =>
  [
    ...sessionRoutes((state, user) => showUser(state, user), ['GET']),
    ...platformRoutes,
    ...alertRoutes,
    ...caseRoutes,
    ...artifactRoutes,
    ...downloadRoutes,
    ...streamRoutes(showObject),
  ].map((each) => (asks(each) ? asReader(each) : each))
