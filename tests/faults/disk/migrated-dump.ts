import { cacheMigrations } from '#main/store/migrations/cache-migrations.ts'
import { cachePath } from '#main/store/profile-files.ts'
import { connectAt, dumpOf, olderCache } from './older-files.ts'
import { withFolderSync } from './proof-folder.ts'

/** What a cache of version `from` holds once it is of version `to`, step by step and without the product's runner. */
export function migratedDump(from: number, to: number): string {
  return withFolderSync((folder) => {
    olderCache(folder, from)
    const upTo = cacheMigrations.filter(({ version }) => version <= to)
    const db = connectAt(cachePath(folder), 'cache', upTo)
    for (const migration of upTo.filter(({ version }) => version > from)) migration.up(db)
    const dump = dumpOf(db)
    db.close()
    return dump
  })
}
