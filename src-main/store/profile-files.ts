import { existsSync, renameSync, statSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { syncFolder } from '../platform/sync-file.ts'

export const cachePath = (folder: string): string => join(folder, 'cache.sqlite')
export const outboxPath = (folder: string): string => join(folder, 'outbox.sqlite')

/** `cache.sqlite` → `cache.backup.sqlite`, beside it. */
export function siblingPath(path: string, word: string): string {
  const { dir, name, ext } = parse(path)
  return join(dir, `${name}.${word}${ext}`)
}

export const backupPath = (path: string): string => siblingPath(path, 'backup')

export const isEmpty = (path: string): boolean => existsSync(path) && statSync(path).size === 0

/**
 * Renames a damaged database with its journals to `<name>.damaged-<time>.sqlite`; never deletes. Answers the new path, undefined where
 * there is neither file nor journal. The journals go first: without them the file would be read without its newest commits.
 */
export function setAsideDamaged(path: string, now: number): string | undefined {
  if (isFree(path)) return undefined
  const kept = damagedPath(path, now)
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix)
  }
  syncFolder(dirname(path))
  return kept
}

/** Where a damaged file of this moment is kept. */
export function damagedPath(path: string, now: number): string {
  return freePath(path, `damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`)
}

function freePath(path: string, word: string): string {
  const first = siblingPath(path, word)
  if (isFree(first)) return first
  for (let n = 2; ; n++) {
    const candidate = siblingPath(path, `${word}-${n}`)
    if (isFree(candidate)) return candidate
  }
}

/** A journal may be kept without its file. */
const isFree = (path: string): boolean => !existsSync(path) && !existsSync(`${path}-wal`)
