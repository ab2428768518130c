import { cacheMigrations } from '../migrations/cache-migrations.ts'
import { newestVersion } from '../migrations/migration.ts'
import { openDatabase } from '../open-database.ts'
import type { Connection } from '../open-database.ts'
import type { StoreLocation } from '../ports.ts'
import { cachePath } from '../profile-files.ts'
import { addFilterFunctions } from './filter-functions.ts'

/** A connection on a profile's cache, or on a copy of it. */
export function connectCache(
  { folder, keyHex, care }: StoreLocation,
  { readonly, path = cachePath(folder) }: { readonly: boolean; path?: string | undefined },
): Connection {
  const db = openDatabase({
    file: 'cache',
    path,
    keyHex,
    readonly,
    synchronous: care === 'precious' ? 'FULL' : 'NORMAL',
    newestVersion: newestVersion(cacheMigrations),
  })
  addFilterFunctions(db)
  return db
}
