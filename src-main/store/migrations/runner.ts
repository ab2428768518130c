import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Connection } from '../open-database.ts'
import { newestVersion } from './migration.ts'
import type { Migration } from './migration.ts'

export type Migrated = { from: number; to: number }

/**
 * Brings a file to the newest version, one transaction a step with its number set inside: a file is exactly old or exactly new.
 * `copyFirst` runs once, before the first step, when the file holds something. Throws `newer-file`, or whatever a step throws.
 */
export function migrate(
  db: Connection,
  migrations: readonly Migration[],
  copyFirst?: ((from: number) => void) | undefined,
): Migrated {
  assertRising(migrations)
  const from = versionOf(db)
  const to = newestVersion(migrations)
  if (from > to) {
    throw new ForagerError('newer-file', `This profile was written by a newer Forager (format ${from}).`, {
      did: 'Nothing in the file was touched.',
      next: 'Install the newest Forager and open the profile again.',
      details: { version: from, newestVersion: to },
    })
  }
  const waiting = migrations.filter(({ version }) => version > from)
  if (waiting.length > 0 && from > 0) copyFirst?.(from)
  for (const migration of waiting) {
    db.transaction(() => {
      migration.up(db)
      db.pragma(`user_version = ${migration.version}`)
    }).exclusive()
  }
  return { from, to }
}

export const versionOf = (db: Connection): number => Number(db.pragma('user_version', { simple: true }))

function assertRising(migrations: readonly Migration[]): void {
  let last = 0
  for (const { version, name } of migrations) {
    if (!Number.isInteger(version) || version <= last) {
      throw new ForagerError('bug', `Migration ${version} (${name}) does not follow ${last}.`)
    }
    last = version
  }
}
