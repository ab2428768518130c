import type { Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { writeStreamDurably } from '../platform/write-stream-durably.ts'

/** Writes where the analyst said; whole or not at all. Answers its size in bytes. @throws ForagerError `disk-full`, `unreadable-file` */
export async function written(path: string, bytes: Readable): Promise<number> {
  try {
    return await writeStreamDurably(path, bytes)
  } catch (thrown) {
    if (thrown instanceof ForagerError) throw thrown
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC'
    throw new ForagerError(full ? 'disk-full' : 'unreadable-file', `The file could not be saved: ${path}`, {
      did: 'Nothing of it was left behind.',
      next: full ? 'Make room, or choose another disk.' : 'Choose another folder.',
      cause: thrown,
    })
  }
}
