import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
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

const zeros = Buffer.alloc(64 * 1024)
const piece = Buffer.alloc(zeros.length)

/** The same bytes. A journal is filled from its start and no frame is all zeros: the first block that is, ends what was written to its room. */
function copyJournal(from: string, to: string): void {
  const [source, target] = [openSync(from, 'r'), openSync(to, 'w')]
  try {
    for (;;) {
      const read = readSync(source, piece)
      if (read === 0 || piece.equals(zeros)) break
      writeSync(target, piece, 0, read)
    }
    ftruncateSync(target, fstatSync(source).size)
  } finally {
    closeSync(source)
    closeSync(target)
  }
}

/** What a kernel has of a dead process's files: everything written, nothing of what it mapped for its own bookkeeping. */
export function copyImage(from: string, to: string): void {
  for (const file of readdirSync(from)) {
    const [source, target] = [join(from, file), join(to, file)]
    if (file.endsWith('.sqlite-wal')) copyJournal(source, target)
    else if (file.endsWith('.sqlite')) copyFileSync(source, target)
  }
}
