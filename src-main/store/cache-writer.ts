import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { connectCache } from './cache/connect.ts'
import { createCacheWriter } from './cache/writer.ts'
import { forgetDamage, isDamageNoted, noting } from './cache-damage.ts'
import { closeAsItIs } from './close-as-it-is.ts'
import { copyDatabase } from './copy-database.ts'
import type { Damage, Recovered } from './damage.ts'
import {
  closeJournal,
  hasLostFile,
  hasLostJournal,
  journalState,
  markInUse,
  setJournalAside,
  unmark,
} from './journal.ts'
import { cacheMigrations } from './migrations/cache-migrations.ts'
import { migrate } from './migrations/runner.ts'
import type { CacheWriter, StoreLocation } from './ports.ts'
import {
  backupPath,
  cachePath,
  damagedPath,
  isEmpty,
  outboxPath,
  setAsideDamaged,
  siblingPath,
} from './profile-files.ts'
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
  const { folder, care } = location
  withStoreErrors('cache', () => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  try {
    const damage = withStoreErrors('cache', () => lookOver(location, now))
    return withDamage(open(location, damage !== undefined), damage)
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    return withStoreErrors('cache', () => {
      if (care === 'precious') return fromBackup(location, now, thrown)
      const kept = putAside(location, now)
      return withDamage(open(location), { file: 'cache', kept, recovered: 'fresh', lost: 0 })
    })
  }
}

/** What can be told without reading all of the file: throws `corrupt` when it must not be used. */
function lookOver(location: StoreLocation, now: () => number): Damage | undefined {
  const { folder, care } = location
  const path = cachePath(folder)
  const precious = care === 'precious'
  const noted = isDamageNoted(folder) && (!precious || existsSync(backupPath(path)))
  const journal = journalState(path)
  const isForeign = journal === 'foreign' || journal === 'replaced'
  const isWrong = isForeign || (journal === 'unsure' && isJournalLost(location))
  if (noted || (precious ? hasLostFile(path) : isWrong || isUsedAndLost(folder))) throw damaged()
  if (!isWrong) return undefined
  const kept = damagedPath(path, now())
  if (isForeign) setJournalAside(path, kept)
  return {
    ...{ file: 'cache', recovered: 'without-journal', lost: 0 },
    kept: isForeign ? kept : undefined,
  }
}

function isJournalLost(location: StoreLocation): boolean {
  const db = connectCache(location, { readonly: false })
  try {
    return hasLostJournal(db, cachePath(location.folder))
  } finally {
    db.close()
  }
}

/** The outbox is made after the cache: beside it, one that is empty or missing is no new one. */
const isUsedAndLost = (folder: string): boolean =>
  existsSync(outboxPath(folder)) && (!existsSync(cachePath(folder)) || isEmpty(cachePath(folder)))

function putAside({ folder }: StoreLocation, now: () => number): string | undefined {
  const path = cachePath(folder)
  const kept = setAsideDamaged(path, now())
  unmark(path)
  forgetDamage(folder)
  return kept
}

function fromBackup(location: StoreLocation, now: () => number, thrown: unknown): CacheWriter & Recovered {
  const path = cachePath(location.folder)
  const backup = backupPath(path)
  if (!existsSync(backup)) throw thrown
  // The backup is tried before the file is moved: with the wrong key neither opens, and then nothing may change.
  connectCache(location, { readonly: true, path: backup }).close()
  const kept = putAside(location, now)
  copyFileSync(backup, path)
  syncFile(path)
  syncFolder(location.folder)
  return withDamage(open(location), { file: 'cache', kept, recovered: 'backup', lost: 0 })
}

/** `doubted` where the file may not fit together any more: then all of it is read before it is used. */
function open(location: StoreLocation, doubted = false): CacheWriter {
  const path = cachePath(location.folder)
  const db = connectCache(location, { readonly: false })
  const precious = location.care === 'precious'
  try {
    return withStoreErrors('cache', () => {
      if (doubted && db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged()
      markInUse(db, path)
      migrate(db, cacheMigrations, (from) => {
        if (precious) copyDatabase(db, siblingPath(path, `before-${from}`))
      })
      const writer = createCacheWriter(db, () => {
        if (precious) copyDatabase(db, backupPath(path))
        closeJournal(db, path)
      })
      return noting(location.folder, writer)
    })
  } catch (thrown) {
    if (isCorrupt(thrown)) closeAsItIs(db, path, () => connectCache(location, { readonly: true }))
    else db.close()
    throw thrown
  }
}

const damaged = (): ForagerError =>
  new ForagerError('corrupt', 'There is damage in the local copy of the queue.')

const withDamage = (writer: CacheWriter, damage: Damage | undefined): CacheWriter & Recovered =>
  Object.assign(writer, { damage: () => damage })
