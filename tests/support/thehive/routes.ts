import type { Route } from './http/router.ts'
import type { ServerKind } from './state/server-kind.ts'
import { olderRoutes } from './v0/routes.ts'
import { apiRoutes } from './v1/routes.ts'

/** Every route of the server; where two lists offer the same, the first one answers. */
export function routesOf(server: ServerKind): Route[] {
  switch (server.flavour) {
    case 'thehive3':
      return olderRoutes(server)
    case 'thehive4':
      return [...olderRoutes(server), ...apiRoutes(server)]
    case 'thehive5':
      return apiRoutes(server)
  }
}
