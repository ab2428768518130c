import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Buffer } from 'node:buffer'
import { dirname } from 'node:path'
import { removeFile } from '../../platform/remove-file.ts'
import { syncFile, syncFolder } from '../../platform/sync-file.ts'
import type { Connection } from '../open-database.ts'
import { siblingPath } from '../profile-files.ts'
import { frameBytes, framesOf, walHeader } from './raw-pages.ts'

/**
 * Beside the outbox while it is open, so that a journal that is missing, or that belongs to another time, is noticed: SQLite itself takes
 * what it finds and says nothing.
 */
const markPath = (path: string): string => siblingPath(path, 'in-use')
export const walPath = (path: string): string => `${path}-wal`

/** What the journal was found to be, before SQLite has read it. */
export type JournalState = 'none' | 'missing' | 'foreign' | 'ours'

export function journalState(path: string): JournalState {
  if (!existsSync(path)) return 'none'
  const inUse = existsSync(markPath(path))
  if (!existsSync(walPath(path))) return inUse ? 'missing' : 'none'
  if (inUse) return 'ours'
  return framesOf(readFileSync(walPath(path))).length > 0 ? 'foreign' : 'none'
}

/** Durable, with the journal's own name, before anything is decided. */
export function markInUse(path: string): void {
  if (existsSync(markPath(path))) return
  writeFileSync(markPath(path), '')
  syncFolder(dirname(path))
}

export const unmark = (path: string): void => removeFile(markPath(path))

/**
 * Everything is in the file itself before the mark goes: from then on nobody expects a journal. Where the disk refuses that, mark and
 * journal stay, and the next opening reads them.
 */
export function closeJournal(db: Connection, path: string): void {
  try {
    const [row] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (row?.busy !== 0) return
    if (existsSync(walPath(path))) syncFile(walPath(path))
    unmark(path)
  } catch {
    // See above.
  }
}

/** Transactions that were written to the journal and that SQLite does not accept. One may be what a power cut tore; more are damage. */
export function unreadCommits(db: Connection, path: string): number {
  const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[]
  const accepted = walHeader + Math.max(row?.log ?? 0, 0) * frameBytes
  return framesOf(journalBytes(path)).filter(({ at, commits }) => commits && at > accepted).length
}

export function journalBytes(path: string): Buffer {
  return existsSync(walPath(path)) ? readFileSync(walPath(path)) : Buffer.alloc(0)
}

/** A journal of another time would be laid over newer pages: it is kept aside instead. */
export function setJournalAside(path: string, kept: string): void {
  renameSync(walPath(path), walPath(kept))
  removeFile(`${path}-shm`)
  syncFolder(dirname(path))
}

/** Both files as they are, while they are open. */
export function keepCopies(path: string, kept: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, kept + suffix)
}
