import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { connectCache } from './cache/connect.ts'
import { createCacheWriter } from './cache/writer.ts'
import { copyDatabase } from './copy-database.ts'
import type { Damage, Recovered } from './damage.ts'
import { cacheMigrations } from './migrations/cache-migrations.ts'
import { migrate } from './migrations/runner.ts'
import type { CacheWriter, StoreLocation } from './ports.ts'
import { backupPath, cachePath, setAsideDamaged, siblingPath } from './profile-files.ts'
import { isCorrupt, withStoreErrors } from './sql-errors.ts'
import { syncFile, syncFolder } from '../platform/sync-file.ts'

/**
 * Opens (or creates) and migrates a profile's cache for its one writer. A damaged disposable cache is set aside and started anew;
 * a damaged precious one is restored from its backup, or refused as `corrupt` when there is none. Nothing is deleted.
 */
export function openCacheWriter(
  location: StoreLocation,
  now: () => number = Date.now,
): CacheWriter & Recovered {
  withStoreErrors('cache', () => mkdirSync(location.folder, { recursive: true, mode: 0o700 }))
  try {
    return withDamage(open(location), undefined)
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    if (location.care === 'precious') return fromBackup(location, now, thrown)
    const kept = setAsideDamaged(cachePath(location.folder), now())
    return withDamage(open(location), { file: 'cache', kept, recovered: 'fresh', lost: 0 })
  }
}

/** For damage that shows while running: with writer and readers closed, the file goes aside and the next opening recovers. */
export function setCacheAside(location: StoreLocation, now: () => number = Date.now): string {
  return setAsideDamaged(cachePath(location.folder), now())
}

function fromBackup(location: StoreLocation, now: () => number, thrown: unknown): CacheWriter & Recovered {
  const path = cachePath(location.folder)
  const backup = backupPath(path)
  if (!existsSync(backup)) throw thrown
  // The backup is tried before the file is moved: with the wrong key neither opens, and then nothing may change.
  connectCache(location, { readonly: true, path: backup }).close()
  const kept = setAsideDamaged(path, now())
  copyFileSync(backup, path)
  syncFile(path)
  syncFolder(location.folder)
  return withDamage(open(location), { file: 'cache', kept, recovered: 'backup', lost: 0 })
}

function open(location: StoreLocation): CacheWriter {
  const path = cachePath(location.folder)
  const db = connectCache(location, { readonly: false })
  const precious = location.care === 'precious'
  try {
    return withStoreErrors('cache', () => {
      migrate(db, cacheMigrations, (from) => {
        if (precious) copyDatabase(db, siblingPath(path, `before-${from}`))
      })
      return createCacheWriter(db, () => {
        if (precious) copyDatabase(db, backupPath(path))
      })
    })
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

const withDamage = (writer: CacheWriter, damage: Damage | undefined): CacheWriter & Recovered =>
  Object.assign(writer, { damage: () => damage })
