import type { Route } from '../http/router.ts'
import type { ServerKind } from '../state/server-kind.ts'
import { routesOfFour } from './four/routes-four.ts'
import { languageFive } from './language-five.ts'
import { alertRoutes } from './routes-alerts.ts'
import { caseRoutes } from './routes-cases.ts'
import { childRoutes } from './routes-children.ts'
import { definitionRoutes } from './routes-definitions.ts'
import { fileRoutes } from './routes-files.ts'
import { observableRoutes } from './routes-observables.ts'
import { platformRoutes } from './routes-platform.ts'
import { queryRoutes } from './routes-query.ts'
import { streamRoutes } from './routes-streams.ts'
import { taskRoutes } from './routes-tasks.ts'

const routesOfFive = (): Route[] => [
  ...platformRoutes,
  ...queryRoutes(languageFive, { canExclude: true }),
  ...alertRoutes,
  ...caseRoutes,
  ...taskRoutes,
  ...observableRoutes,
  ...childRoutes,
  ...fileRoutes,
  ...definitionRoutes,
  ...streamRoutes,
]

/** `/api/v1` as the server has it: a route its version lacks is not there. */
export function apiRoutes(server: ServerKind): Route[] {
  const routes = server.flavour === 'thehive4' ? routesOfFour() : routesOfFive()
  return routes.filter((each) => each.since === undefined || server.atLeast(each.since))
}
