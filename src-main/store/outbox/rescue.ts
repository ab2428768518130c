import { Buffer } from 'node:buffer'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { removeFile } from '../../platform/remove-file.ts'
import { syncFile, syncFolder } from '../../platform/sync-file.ts'
import type { Damage } from '../damage.ts'
import type { Connection } from '../open-database.ts'
import type { StoreLocation } from '../ports.ts'
import { backupPath, outboxPath, setAsideDamaged, siblingPath } from '../profile-files.ts'
import { isCorrupt, withStoreErrors } from '../sql-errors.ts'
import { bringOutbox, connectOutbox } from './connect.ts'
import { carveRows } from './carve.ts'
import type { CarvedRow } from './carve.ts'
import { hasFrames, hasLostFile, journalBytes, setJournalAside, unmark, walPath } from '../journal.ts'
import { rawPages } from '../raw-pages.ts'
import { salvage, tableNames } from './salvage.ts'

/** Why the file cannot be used, and where it is kept as it was, if it is there already. */
export type Found = { cause: unknown; kept: string }

const rescuedPath = (path: string): string => siblingPath(path, 'rescued')

/** A rescue that was complete when Forager stopped. A journal without its file has been read by then. */
export function finishRescue(path: string, kept: string): void {
  if (existsSync(path) || !existsSync(rescuedPath(path))) return
  if (existsSync(walPath(path))) setJournalAside(path, kept)
  takeOver(path)
}

/**
 * What can be read goes into a new file, complete and synced before the damaged one moves aside: a crash at any point leaves
 * a file to open or to rescue. When nothing in the file nor in its backup can be read, the key may be the wrong one: `isUnreadable`, nothing moved.
 */
export function rescue(location: StoreLocation, now: () => number, { cause, kept }: Found): Damage {
  const path = outboxPath(location.folder)
  const isKept = existsSync(kept)
  const isLost = hasLostFile(path)
  const damaged = isLost ? undefined : openIfReadable(location, path)
  const backup = openIfReadable(location, backupPath(path))
  const carved = carvedOf(isKept ? kept : path, location.keyHex)
  const isBare = damaged === undefined && carved.length === 0
  const isNothingLeft = isLost && !existsSync(backupPath(path)) && !hasFrames(path)
  if (isBare && backup === undefined && !isNothingLeft) throw unreadable(cause)
  const lost = withStoreErrors('outbox', () => {
    const partial = siblingPath(path, 'rescue-partial')
    for (const suffix of ['', '-wal', '-shm']) removeFile(partial + suffix)
    const target = connectOutbox(location, { readonly: false, path: partial })
    bringOutbox(target, path)
    const missing = salvage({ damaged, backup, carved }, target)
    for (const db of [damaged, backup, target]) db?.close()
    syncFile(partial)
    renameSync(partial, rescuedPath(path))
    return missing
  })
  const aside = putAside(path, now, isKept ? kept : undefined)
  takeOver(path)
  const recovered = !isBare ? 'salvaged' : backup === undefined ? 'fresh' : 'backup'
  return { file: 'outbox', kept: aside, recovered, lost }
}

/** The page offers to begin an empty one by this word. */
const unreadable = (cause: unknown): ForagerError =>
  new ForagerError(
    'corrupt',
    'The file of your decisions cannot be read: it is damaged as a whole, or was written with another key. The same is true of its backup, if there is one.',
    {
      did: 'Both were left as they are.',
      next: 'If the keychain was reset or moved, restore its entry for Forager, or use the recovery key. Otherwise restore the file from a backup, or begin with an empty outbox on the first screen.',
      details: { unreadable: 'outbox' },
      cause,
    },
  )

/** Nothing of an outbox can be read, with this key. */
export const isUnreadable = (thrown: unknown): boolean =>
  thrown instanceof ForagerError && thrown.details?.['unreadable'] === 'outbox'

/** What has been copied already may go: closing it has laid its journal over it. */
function putAside(path: string, now: () => number, copy: string | undefined): string | undefined {
  if (copy === undefined) return setAsideDamaged(path, now())
  for (const suffix of ['-wal', '-shm', '']) removeFile(path + suffix)
  return copy
}

/** Rows in the pages of the file and its journal. The key is the right one when there are any: their checksums fit. */
export function carvedOf(
  path: string,
  keyHex: string | undefined,
  wal = journalBytes(path),
  from = 0,
): CarvedRow[] {
  const file = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  return carveRows(rawPages(file, wal, keyHex), tableNames, from)
}

function takeOver(path: string): void {
  unmark(path)
  renameSync(rescuedPath(path), path)
  syncFolder(dirname(path))
}

function openIfReadable(location: StoreLocation, path: string): Connection | undefined {
  if (!existsSync(path)) return undefined
  try {
    return connectOutbox(location, { readonly: true, path })
  } catch (thrown) {
    if (isCorrupt(thrown)) return undefined
    throw thrown
  }
}
