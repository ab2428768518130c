import { join } from 'node:path'

/** Where Forager keeps things, all below the one user-data folder. */
export type AppPaths = {
  userData: string
  /** One folder a profile: its two databases and its specimens. */
  profiles: string
  logFile: string
}

export function appPaths(userData: string): AppPaths {
  return {
    userData,
    profiles: join(userData, 'profiles'),
    logFile: join(userData, 'logs', 'forager.log'),
  }
}
