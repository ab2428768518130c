import type { Connection } from '../open-database.ts'

/** One step from the previous version to this one. Never edited once released. */
export type Migration = {
  /** Rising in tens, so that a correction can be squeezed in. */
  version: number
  name: string
  up(db: Connection): void
}

export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0
