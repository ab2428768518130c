import { randomInt } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { Buffer } from 'node:buffer'
import { dirname } from 'node:path'
import { removeFile } from '../platform/remove-file.ts'
import { syncFile, syncFolder } from '../platform/sync-file.ts'
import type { Connection } from './open-database.ts'
import { backupPath, isEmpty, siblingPath } from './profile-files.ts'
import { frameBytes, framesOf, turnOf, walHeader } from './raw-pages.ts'

/**
 * Beside a database while it is open, so that a journal that is missing, or that belongs to another time, is noticed: SQLite itself takes
 * what it finds and says nothing.
 */
const markPath = (path: string): string => siblingPath(path, 'in-use')
export const walPath = (path: string): string => `${path}-wal`

/**
 * What the journal was found to be, before SQLite has read it. `foreign`: nothing was left to it when the file was closed. `replaced`: it is
 * not of the opening that the mark tells of; an older copy of the right one cannot be told from it. `unsure`: there is none, because the
 * process ended and SQLite took it in, or because it was lost; `hasLostJournal` tells.
 */
export type JournalState = 'none' | 'unsure' | 'foreign' | 'replaced' | 'ours'

/** A journal that is begun anew counts this up; one of another opening starts anywhere in 32 bits. */
const mostTurns = 1_000_000

export function journalState(path: string): JournalState {
  if (!existsSync(path)) return 'none'
  const inUse = existsSync(markPath(path))
  if (!existsSync(walPath(path))) return inUse ? 'unsure' : 'none'
  if (!inUse) return hasFrames(path) ? 'foreign' : 'none'
  const noted = readMark(path)
  const turn = journalTurn(path)
  if (noted === undefined || turn === undefined) return 'ours'
  return (turn - noted.turn) >>> 0 <= mostTurns ? 'ours' : 'replaced'
}

/**
 * A database that has lost its file, or all that was in it, while something tells that there was more. SQLite would begin an empty one,
 * and delete the journal, in which everything may be that was decided since the file was made.
 */
export function hasLostFile(path: string): boolean {
  if (existsSync(path) && !isEmpty(path)) return false
  return existsSync(backupPath(path)) || existsSync(markPath(path)) || hasFrames(path)
}

export const hasFrames = (path: string): boolean => framesOf(journalBytes(path)).length > 0

/** Each opening writes a number of its own into the file, first of all: one that lacks it has lost its journal, and all since. */
export function hasLostJournal(db: Connection, path: string): boolean {
  const noted = readMark(path)
  return noted !== undefined && Number(db.pragma('application_id', { simple: true })) !== noted.opening
}

/** Durable, with the journal's own name and turn, before anything is decided. */
export function markInUse(db: Connection, path: string): void {
  // The first read gives the journal its name, the first write its turn.
  db.pragma('schema_version')
  writeMark(path, '')
  const opening = randomInt(1, 2 ** 31)
  db.pragma(`application_id = ${opening}`)
  const turn = journalTurn(path)
  if (turn !== undefined) writeMark(path, `${turn} ${opening}`)
}

function readMark(path: string): { turn: number; opening: number } | undefined {
  const [turn, opening] = readFileSync(markPath(path), 'utf8').split(' ').map(Number)
  return turn === undefined || opening === undefined ? undefined : { turn, opening }
}

function writeMark(path: string, text: string): void {
  writeFileSync(markPath(path), text)
  syncFile(markPath(path))
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

/** How far into its journal SQLite reads, bytes. */
export function acceptedBytes(db: Connection): number {
  const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[]
  return walHeader + Math.max(row?.log ?? 0, 0) * frameBytes
}

/** Transactions that were written to the journal and that SQLite does not accept. One may be what a power cut tore; more are damage. */
export function unreadCommits(db: Connection, path: string): number {
  const accepted = acceptedBytes(db)
  return framesOf(journalBytes(path)).filter(({ at, commits }) => commits && at > accepted).length
}

/** Of the header alone: the journal has room for many megabytes. */
function journalTurn(path: string): number | undefined {
  if (!existsSync(walPath(path))) return undefined
  const file = openSync(walPath(path), 'r')
  try {
    const head = Buffer.alloc(walHeader)
    return turnOf(head.subarray(0, readSync(file, head)))
  } finally {
    closeSync(file)
  }
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

/** Both files as they are, while they are open: closing lays the journal over the file, whatever either holds. */
export function keepCopies(path: string, kept: string): void {
  for (const suffix of ['', '-wal'].filter((one) => existsSync(path + one))) {
    copyFileSync(path + suffix, kept + suffix)
    syncFile(kept + suffix)
  }
  syncFolder(dirname(path))
}
