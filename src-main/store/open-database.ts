import type Database from 'better-sqlite3'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { closeAsItIs } from './close-as-it-is.ts'
import { isCorrupt, toStoreError, withStoreErrors } from './sql-errors.ts'
import { Sqlite } from './sqlite.ts'
import type { StoreFile } from './sql-errors.ts'

export type Connection = Database.Database

export type OpenRequest = {
  file: StoreFile
  path: string
  keyHex: string | undefined
  /** FULL where a power cut must not take back an acknowledged commit; NORMAL for what a server can refill. */
  synchronous: 'NORMAL' | 'FULL'
  /** The newest schema this Forager knows; a higher one is refused before anything is written. */
  newestVersion: number
  readonly?: boolean | undefined
}

/** Below it, two connections in WAL mode can damage a file (sqlite.org/wal.html, the WAL-reset bug). */
const oldestSafeSqlite = [3, 51, 3] as const
const busyTimeoutMs = 1_000
const writerCacheKib = 64_000
const readerCacheKib = 32_000
const checkpointPages = 4_000
/** What the journal grows to until it is begun anew: a page comes with a header, in a page of 4 KiB; and one commit may come on top. */
export const walBytes = checkpointPages * (4_096 + 24) + 1024 * 1024
const walLimitBytes = 64 * 1024 * 1024

/** Opens, unlocks and checks a database file; creates it unless read-only. Throws ForagerError: corrupt, newer-file, locked, … */
export function openDatabase(request: OpenRequest): Connection {
  return withStoreErrors(request.file, () => {
    const db = new Sqlite(request.path, { readonly: request.readonly === true, timeout: busyTimeoutMs })
    try {
      unlock(db, request.keyHex)
      assertSafeSqlite(db)
      refuseNewer(db, request)
      configure(db, request)
      return db
    } catch (thrown) {
      // What cannot be read here cannot be read by anybody: file and journal stay as they were found.
      if (isCorrupt(toStoreError(thrown, request.file)) && request.readonly !== true)
        closeAsItIs(db, request.path)
      else db.close()
      throw thrown
    }
  })
}

/** A raw 32-byte key: no key derivation, so opening costs no time. The pattern keeps anything else out of the pragma. */
export function unlock(db: Connection, keyHex: string | undefined): void {
  if (keyHex === undefined) return
  if (!/^[0-9a-f]{64}$/i.test(keyHex))
    throw new ForagerError('bug', 'A database key must be 32 bytes in hex.')
  db.pragma(`cipher = 'sqlcipher'`)
  db.pragma(`key = "x'${keyHex}'"`)
}

function assertSafeSqlite(db: Connection): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  const [major = 0, minor = 0, patch = 0] = parts
  const number = (a: number, b: number, c: number): number => a * 1_000_000 + b * 1_000 + c
  if (number(major, minor, patch) < number(...oldestSafeSqlite)) {
    throw new ForagerError(
      'bug',
      `SQLite ${version} is older than ${oldestSafeSqlite.join('.')} and not safe.`,
    )
  }
}

/** The first read of the file: a wrong key and a foreign file show here, before any pragma writes. */
function refuseNewer(db: Connection, { newestVersion, path }: OpenRequest): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version <= newestVersion) return
  throw new ForagerError('newer-file', `This profile was written by a newer Forager (format ${version}).`, {
    did: 'Nothing in the file was touched.',
    next: 'Install the newest Forager and open the profile again.',
    details: { path, version, newestVersion },
  })
}

function configure(db: Connection, { synchronous, readonly }: OpenRequest): void {
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('temp_store = MEMORY')
  db.pragma(`cache_size = -${readonly === true ? readerCacheKib : writerCacheKib}`)
  if (readonly === true) {
    db.pragma('query_only = ON')
    return
  }
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${synchronous}`)
  db.pragma(`fullfsync = ${synchronous === 'FULL' ? 'ON' : 'OFF'}`)
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  db.pragma(`journal_size_limit = ${walLimitBytes}`)
}
