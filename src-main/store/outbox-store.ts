import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { copyDatabase } from './copy-database.ts'
import type { Damage, Recovered } from './damage.ts'
import { newestVersion } from './migrations/migration.ts'
import { outboxMigrations } from './migrations/outbox-migrations.ts'
import { migrate } from './migrations/runner.ts'
import { openDatabase, walBytes } from './open-database.ts'
import type { Connection } from './open-database.ts'
import { salvage } from './outbox/salvage.ts'
import { createOutboxStore } from './outbox/store.ts'
import type { OutboxStore, StoreLocation } from './ports.ts'
import { reserveWal } from './reserve-wal.ts'
import { backupPath, outboxPath, setAsideDamaged, siblingPath } from './profile-files.ts'
import { isCorrupt, withStoreErrors } from './sql-errors.ts'
import { removeFile } from '../platform/remove-file.ts'
import { syncFile, syncFolder } from '../platform/sync-file.ts'

/**
 * Opens (or creates), checks and migrates a profile's outbox. A damaged one is kept aside and what can be read of it, or of its
 * backup, goes into a new file. When neither it nor its backup can be read at all, the key may be another: `corrupt`, nothing moved.
 */
export function openOutbox(location: StoreLocation, now: () => number = Date.now): OutboxStore & Recovered {
  withStoreErrors('outbox', () => mkdirSync(location.folder, { recursive: true, mode: 0o700 }))
  const { db, damage } = openSound(location, now)
  try {
    const store = withStoreErrors('outbox', () => {
      bring(db, outboxPath(location.folder))
      reserveWal(outboxPath(location.folder), walBytes)
      return createOutboxStore(db, backupPath(outboxPath(location.folder)))
    })
    return Object.assign(store, { damage: () => damage })
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/** The analyst's word, when neither file nor backup can be read: both are kept aside, and the next opening starts an empty one. */
export function setOutboxAside(location: StoreLocation, now: () => number = Date.now): string {
  return setAsideDamaged(outboxPath(location.folder), now())
}

/** The outbox is small, so that checking all of it costs no start-up time worth naming. */
function openSound(
  location: StoreLocation,
  now: () => number,
): { db: Connection; damage: Damage | undefined } {
  const path = outboxPath(location.folder)
  if (!existsSync(path) && existsSync(rescuedPath(path))) takeOver(path)
  try {
    return { db: connectSound(location), damage: undefined }
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    return rescued(location, now, thrown)
  }
}

function connectSound(location: StoreLocation): Connection {
  const db = connect(location, { readonly: false })
  try {
    const answer = withStoreErrors('outbox', () => String(db.pragma('quick_check(1)', { simple: true })))
    if (answer === 'ok') return db
    throw new ForagerError('corrupt', 'There is damage in the file of your decisions.', {
      details: { answer },
    })
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/**
 * What can be read goes into a new file, complete and synced before the damaged one moves aside: a crash at any point leaves
 * a file to open or to rescue. Throws `cause` when neither the file nor its backup opens: then the key may be the wrong one.
 */
function rescued(
  location: StoreLocation,
  now: () => number,
  cause: unknown,
): { db: Connection; damage: Damage } {
  const path = outboxPath(location.folder)
  const damaged = openIfReadable(location, path)
  const backup = openIfReadable(location, backupPath(path))
  if (damaged === undefined && backup === undefined) throw cause
  const lost = withStoreErrors('outbox', () => {
    const partial = siblingPath(path, 'rescue-partial')
    for (const suffix of ['', '-wal', '-shm']) removeFile(partial + suffix)
    const target = connect(location, { readonly: false, path: partial })
    bring(target, path)
    const missing = salvage({ damaged, backup }, target)
    for (const db of [damaged, backup, target]) db?.close()
    syncFile(partial)
    renameSync(partial, rescuedPath(path))
    return missing
  })
  const kept = setAsideDamaged(path, now())
  takeOver(path)
  return {
    db: connect(location, { readonly: false }),
    damage: { file: 'outbox', kept, recovered: damaged === undefined ? 'backup' : 'salvaged', lost },
  }
}

const rescuedPath = (path: string): string => siblingPath(path, 'rescued')

function takeOver(path: string): void {
  renameSync(rescuedPath(path), path)
  syncFolder(dirname(path))
}

function openIfReadable(location: StoreLocation, path: string): Connection | undefined {
  if (!existsSync(path)) return undefined
  try {
    return connect(location, { readonly: true, path })
  } catch (thrown) {
    if (isCorrupt(thrown)) return undefined
    throw thrown
  }
}

function bring(db: Connection, path: string): void {
  migrate(db, outboxMigrations, (from) => copyDatabase(db, siblingPath(path, `before-${from}`)))
}

function connect(
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
