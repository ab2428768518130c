import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
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

const block = Buffer.alloc(64 * 1024)

/** The same bytes; zeros at the end, as a journal that was given its room has them, cost nothing. */
function copySparse(from: string, to: string): void {
  const bytes = readFileSync(from)
  let end = bytes.length
  while (end >= block.length && bytes.subarray(end - block.length, end).equals(block)) end -= block.length
  writeFileSync(to, bytes.subarray(0, end))
  truncateSync(to, bytes.length)
}

/** What a kernel has of a dead process's files: everything written, nothing of what it mapped for its own bookkeeping. */
export function copyImage(from: string, to: string): void {
  for (const file of readdirSync(from).filter((name) => /\.sqlite(-wal)?$/.test(name)))
    copySparse(join(from, file), join(to, file))
}
