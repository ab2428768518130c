import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const proofKey = '0f'.repeat(32)

/** Memory where the system has such a folder: thousands of small databases are opened, and their durability is modelled. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** The same for work that waits for nothing. */
export function withFolderSync<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(base, 'forager-proof-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A folder of its own while `work` runs. */
export async function withFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(base, 'forager-proof-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
