import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { backupPath, outboxPath } from './profile-files.ts'
import { pageSize, readsAsFirst } from './raw-pages.ts'

/** Whether the outbox of this folder, or its backup, was written with this key. Nothing is opened by SQLite, or changed. */
export function isOutboxKey(folder: string, keyHex: string): boolean {
  const path = outboxPath(folder)
  return [path, backupPath(path)].some((one) => existsSync(one) && readsAsFirst(firstPage(one), keyHex))
}

function firstPage(path: string): Buffer {
  const bytes = Buffer.alloc(pageSize)
  const file = openSync(path, 'r')
  try {
    readSync(file, bytes)
  } finally {
    closeSync(file)
  }
  return bytes
}
