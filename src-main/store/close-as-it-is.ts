import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs'
import { removeFile } from '../platform/remove-file.ts'
import type { Connection } from './open-database.ts'

/**
 * Closes a damaged database and leaves its file and its journal as they are: the last connection to close lays the one over the other,
 * unless it may only read. Where not even that one can be opened, both are copied, and put back afterwards.
 */
export function closeAsItIs(db: Connection, path: string, openReader?: () => Connection): void {
  const last = readerOf(openReader)
  const copied = last === undefined ? copies(path) : []
  db.close()
  last?.close()
  for (const file of copied) renameSync(aside(file), file)
}

function readerOf(openReader?: () => Connection): Connection | undefined {
  try {
    return openReader?.()
  } catch {
    return undefined
  }
}

const aside = (file: string): string => `${file}-as-it-is`

/** None where there is no journal to be laid over. */
function copies(path: string): string[] {
  const wal = `${path}-wal`
  if (!existsSync(wal) || statSync(wal).size === 0) return []
  const files = [path, wal]
  try {
    for (const file of files) copyFileSync(file, aside(file))
    return files
  } catch {
    // No room for them: the journal is laid over then, and what was read of both is what it was.
    for (const file of files) removeFile(aside(file))
    return []
  }
}
