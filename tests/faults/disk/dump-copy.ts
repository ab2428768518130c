import { copyFileSync, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Migration } from '#main/store/migrations/migration.ts'
import { versionOf } from '#main/store/migrations/runner.ts'
import { connectAt, dumpOf } from './older-files.ts'
import { withFolderSync } from './proof-folder.ts'

/** The version of a database and all it holds, read from a copy: opening and closing the file itself would take its journal in. */
export function dumpCopy(path: string, migrations: readonly Migration[]): { version: number; dump: string } {
  return withFolderSync((folder) => {
    const copy = join(folder, basename(path))
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix)
    const db = connectAt(copy, 'cache', migrations)
    try {
      return { version: versionOf(db), dump: dumpOf(db) }
    } finally {
      db.close()
    }
  })
}
