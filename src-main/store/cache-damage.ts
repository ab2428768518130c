import { existsSync, writeFileSync } from 'node:fs'
import { removeFile } from '../platform/remove-file.ts'
import { cachePath, siblingPath } from './profile-files.ts'
import { isCorrupt } from './sql-errors.ts'

/**
 * A cache is too large to be checked whole at each start, so that damage in it shows when its place is read. A note beside it then tells the
 * next opening, which finds nothing wrong itself.
 */
const notePath = (folder: string): string => siblingPath(cachePath(folder), 'found-damaged')

export const isDamageNoted = (folder: string): boolean => existsSync(notePath(folder))
export const forgetDamage = (folder: string): void => removeFile(notePath(folder))

/** The same store; damage that one of its methods meets is noted, and thrown on. */
export function noting<T extends object>(folder: string, store: T): T {
  const wrapped = Object.entries(store).map(([name, method]) => [
    name,
    (...input: unknown[]): unknown => {
      try {
        return (method as (...all: unknown[]) => unknown)(...input)
      } catch (thrown) {
        if (isCorrupt(thrown)) note(folder)
        throw thrown
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}

function note(folder: string): void {
  try {
    writeFileSync(notePath(folder), '')
  } catch {
    // The damage itself is thrown on, and met again.
  }
}
