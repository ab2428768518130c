import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync } from 'node:fs'
import { walPath } from './journal.ts'
import { walBytes } from './open-database.ts'
import type { Connection } from './open-database.ts'
import { frameHeader, walHeader } from './raw-pages.ts'
import { reserveWal } from './reserve-wal.ts'

/**
 * Takes off the journal what a commit left there that the disk refused: the next opening could not tell half a commit that nobody was
 * promised from damage to one that somebody was. To shorten a file needs no room. Where the disk refuses even that, the next opening tells.
 * Only once everything the journal holds has been read.
 */
export function dropRefused(db: Connection, path: string): void {
  try {
    // Frames that SQLite counts as committed; below 0 where it cannot tell.
    const [row] = db.pragma('wal_checkpoint(NOOP)') as { busy: number; log: number }[]
    if (row === undefined || row.busy !== 0 || row.log < 0 || !existsSync(walPath(path))) return
    const frame = frameHeader + Number(db.pragma('page_size', { simple: true }))
    shorten(walPath(path), walHeader + row.log * frame)
    reserveWal(path, walBytes)
  } catch {
    // See above.
  }
}

function shorten(path: string, bytes: number): void {
  const file = openSync(path, 'r+')
  try {
    if (fstatSync(file).size <= bytes) return
    ftruncateSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
