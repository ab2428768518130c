import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Connection } from './open-database.ts'
import { removeFile } from '../platform/remove-file.ts'
import { syncFile, syncFolder } from '../platform/sync-file.ts'

/** Writes a consistent copy under the same key; `target` is either its former content or the whole copy, never half. */
export function copyDatabase(db: Connection, target: string): void {
  const partial = `${target}.partial`
  for (const suffix of ['', '-journal']) removeFile(partial + suffix)
  db.prepare('VACUUM INTO ?').run(partial)
  syncFile(partial)
  renameSync(partial, target)
  syncFolder(dirname(target))
}
