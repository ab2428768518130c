import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder in memory where the system has such: the death of a process, unlike a power cut, leaves the files as they were
 * written, whatever they lie on.
 */
export function quickFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'forager-faults-'))
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })
