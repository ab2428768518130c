import type { Route } from '../http/router.ts'
import type { ServerKind } from '../state/server-kind.ts'

/** The routes of TheHive 3 (`/api`) and of TheHive 4's older API (`/api` and `/api/v0`). */
export function olderRoutes(_server: ServerKind): Route[] {
  return []
}
