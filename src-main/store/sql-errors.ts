import { Sqlite } from './sqlite.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorExtras } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'

/** Which of a profile's files an error is about: their damage means different things to an analyst. */
export type StoreFile = 'cache' | 'outbox' | 'lock'

const fileNames: Record<StoreFile, string> = {
  cache: 'the local copy of the queue',
  outbox: 'the file of your decisions',
  lock: 'the profile lock',
}

type Words = { kind: ErrorKind; message: (file: string) => string; did: string; next: string }

const diskFull: Words = {
  kind: 'disk-full',
  message: (file) => `The disk is full: ${file} could not be written.`,
  did: 'Nothing of this step was kept, and everything before it is safe.',
  next: 'Free some space on this disk and try again; no restart is needed.',
}
const diskFailed: Words = {
  kind: 'unreadable-file',
  message: (file) => `The disk reported an error while Forager used ${file}.`,
  did: 'Nothing of this step was kept, and everything before it is safe.',
  next: 'Check the disk and its cable or network share, then try again.',
}
const notAllowed: Words = {
  kind: 'unreadable-file',
  message: (file) => `This account may not open or write ${file}.`,
  did: 'Nothing was changed.',
  next: "Check the permissions of Forager's data folder, and that its disk is not mounted read-only.",
}
const busy: Words = {
  kind: 'locked',
  message: (file) => `Another program is using ${file}.`,
  did: 'Nothing was changed.',
  next: 'Close the other Forager, or whatever copies or scans this folder, and try again.',
}
const corrupt: Words = {
  kind: 'corrupt',
  message: (file) => `There is damage in ${file}.`,
  did: 'The file was left as it is.',
  next: 'Restart Forager: it sets the damaged file aside and recovers what can be recovered.',
}
const notADatabase: Words = {
  kind: 'corrupt',
  message: (file) => `It cannot be read: ${file} is damaged, or was written with another key.`,
  did: 'The file was left as it is.',
  next: 'If the keychain was reset or moved, restore its entry for Forager; otherwise restore the file from a backup.',
}

/** SQLite's primary result code decides, never its text. Longer codes (SQLITE_IOERR_WRITE) start with it. */
const wordsByCode: readonly (readonly [string, Words])[] = [
  ['SQLITE_FULL', diskFull],
  // Shared memory lies beside the database and could not grow.
  ['SQLITE_IOERR_SHMSIZE', diskFull],
  ['SQLITE_IOERR', diskFailed],
  ['SQLITE_BUSY', busy],
  ['SQLITE_LOCKED', busy],
  ['SQLITE_PROTOCOL', busy],
  ['SQLITE_READONLY', notAllowed],
  ['SQLITE_CANTOPEN', notAllowed],
  ['SQLITE_PERM', notAllowed],
  ['SQLITE_CORRUPT', corrupt],
  ['SQLITE_NOTADB', notADatabase],
]

/** What the system says when Forager itself copies, renames or removes a file. */
const wordsByErrno: Readonly<Record<string, Words>> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EIO: diskFailed,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: notAllowed,
  EBUSY: busy,
}

/** Turns what the driver or the system throws into a ForagerError with words; anything else passes unchanged. */
export function toStoreError(thrown: unknown, file: StoreFile): unknown {
  const code = codeOf(thrown)
  if (code === undefined) return thrown
  const words = wordsByErrno[code] ?? wordsByCode.find(([prefix]) => code.startsWith(prefix))?.[1]
  if (words === undefined) {
    return new ForagerError('bug', `Forager misused ${fileNames[file]} (${code}).`, { cause: thrown })
  }
  const extras: ErrorExtras = { did: words.did, next: words.next, details: { code }, cause: thrown }
  return new ForagerError(words.kind, words.message(fileNames[file]), extras)
}

function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof Sqlite.SqliteError) return thrown.code
  const ofSystem = thrown instanceof Error && 'syscall' in thrown && 'code' in thrown
  return ofSystem && typeof thrown.code === 'string' ? thrown.code : undefined
}

/** Runs one step on a file; what the driver throws leaves it as a ForagerError. `refused` is told first where the disk said no. */
export function withStoreErrors<T>(file: StoreFile, step: () => T, refused?: () => void): T {
  try {
    return step()
  } catch (thrown) {
    const error = toStoreError(thrown, file)
    if (error instanceof ForagerError && diskSaysNo.has(error.kind)) refused?.()
    throw error
  }
}

const diskSaysNo: ReadonlySet<ErrorKind> = new Set(['disk-full', 'unreadable-file'])

/** The same store, every method of which throws ForagerErrors. */
export function guarded<T extends object>(file: StoreFile, store: T, refused?: () => void): T {
  const wrapped = Object.entries(store).map(([name, method]) => [
    name,
    (...input: unknown[]) =>
      withStoreErrors(file, () => (method as (...all: unknown[]) => unknown)(...input), refused),
  ])
  return Object.fromEntries(wrapped) as T
}

/** Damage that only a new file can answer. */
export function isCorrupt(thrown: unknown): boolean {
  return thrown instanceof ForagerError && thrown.kind === 'corrupt'
}
