import { writeSync } from 'node:fs'

const stdout = 1
const pauseMs = 2
const nobody = new Int32Array(new SharedArrayBuffer(4))

/**
 * Says a line at once: what was said before a kill, or before whatever follows, has been heard. The pipe takes no more while its reader is
 * behind (EAGAIN, once a thread of this process has made it non-blocking): what is left is said as soon as there is room.
 */
export function say(line: string): void {
  let left = Buffer.from(`${line}\n`)
  while (left.length > 0) left = left.subarray(written(left))
}

/** Answers how many of the bytes went out. */
function written(bytes: Buffer): number {
  try {
    return writeSync(stdout, bytes)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown
    Atomics.wait(nobody, 0, 0, pauseMs)
    return 0
  }
}
