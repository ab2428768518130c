import { copyDatabase } from '../copy-database.ts'
import { newestVersion } from '../migrations/migration.ts'
import { outboxMigrations } from '../migrations/outbox-migrations.ts'
import { migrate } from '../migrations/runner.ts'
import { openDatabase } from '../open-database.ts'
import type { Connection } from '../open-database.ts'
import type { StoreLocation } from '../ports.ts'
import { outboxPath, siblingPath } from '../profile-files.ts'

/** A connection on a profile's outbox, or on a copy of it. */
export function connectOutbox(
  { folder, keyHex }: StoreLocation,
  { readonly, path = outboxPath(folder) }: { readonly: boolean; path?: string | undefined },
): Connection {
  return openDatabase({
    file: 'outbox',
    path,
    keyHex,
    readonly,
    synchronous: 'FULL',
    newestVersion: newestVersion(outboxMigrations),
  })
}

/** To the newest version; a file that holds something is copied beside `path` first. */
export function bringOutbox(db: Connection, path: string): void {
  migrate(db, outboxMigrations, (from) => copyDatabase(db, siblingPath(path, `before-${from}`)))
}
