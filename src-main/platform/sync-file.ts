import { closeSync, fsyncSync, openSync } from 'node:fs'

/** The bytes of a file are on the disk when this returns. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes renames in a folder durable. Windows has no such call and needs none: its renames are journalled. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
