import type { Route } from '../http/router.ts'
import { alertRoutes } from './routes-alerts.ts'
import { caseRoutes } from './routes-cases.ts'
import { childRoutes } from './routes-children.ts'
import { observableRoutes } from './routes-observables.ts'
import { platformRoutes } from './routes-platform.ts'
import { queryRoutes } from './routes-query.ts'
import { createWireCache } from './wire-cache.ts'

/** Every route of the stand-in; another API generation would add its own list. */
export function apiRoutes(): Route[] {
  const cache = createWireCache()
  return [
    ...platformRoutes,
    ...queryRoutes(cache),
    ...alertRoutes,
    ...caseRoutes,
    ...observableRoutes,
    ...childRoutes,
  ]
}
