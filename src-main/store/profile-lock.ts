import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Sqlite } from './sqlite.ts'
import { withStoreErrors } from './sql-errors.ts'

export type ProfileLock = { release(): void }

/**
 * One Forager a profile: an exclusive lock that the system frees when the process dies, however it dies.
 * Throws ForagerError `locked` when another process (or another holder in this one) has it.
 */
export function lockProfile(folder: string): ProfileLock {
  return withStoreErrors('lock', () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const db = new Sqlite(join(folder, 'lock.sqlite'), { timeout: 0 })
    try {
      db.pragma('locking_mode = EXCLUSIVE')
      db.exec('BEGIN EXCLUSIVE')
    } catch (thrown) {
      db.close()
      throw thrown
    }
    return { release: () => void db.close() }
  })
}
