import { unlinkSync } from 'node:fs'

/** Removes one file; one that is not there is no error. Unlike Node's `rmSync`, what the system refuses keeps its error code. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
  }
}
