import type { Route } from '../../http/router.ts'
import { downloadRoutes } from '../downloads.ts'
import { sessionRoutes } from '../session-routes.ts'
import { streamRoutes } from '../stream-routes.ts'
import { showObject } from './models.ts'
import { alertRoutes } from './routes-alerts.ts'
import { caseRoutes } from './routes-cases.ts'
import { observableRoutes } from './routes-observables.ts'
import { platformRoutes } from './routes-platform.ts'
import { showUser } from './serialize.ts'

/** TheHive 4's older API, below `/api` and `/api/v0`. Reading needs no permission: one sees one's organisation. */
export const routesOfFour = (): Route[] => [
  ...sessionRoutes((state, user, { organisation }) => showUser(state, user, organisation), ['GET', 'POST']),
  ...platformRoutes,
  ...alertRoutes,
  ...observableRoutes,
  ...caseRoutes,
  ...downloadRoutes,
  ...streamRoutes(showObject),
]
