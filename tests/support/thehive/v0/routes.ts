import type { Route } from '../http/router.ts'
import type { ServerKind } from '../state/server-kind.ts'
import { routesOfFour } from './four/routes.ts'
import { routesOfThree } from './three/routes.ts'

const below = (prefix: string, routes: readonly Route[]): Route[] =>
  routes.map((each) => ({ ...each, pattern: `${prefix}${each.pattern}` }))

/** The routes of TheHive 3 (`/api`) and of TheHive 4's older API (`/api`, and the same again in `/api/v0`). */
export function olderRoutes({ flavour }: ServerKind): Route[] {
  if (flavour === 'thehive3') return below('/api', routesOfThree())
  const routes = routesOfFour()
  return [...below('/api', routes), ...below('/api/v0', routes)]
}
