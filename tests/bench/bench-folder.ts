import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const named = /^forager-bench-(\d+)-/

/** A folder of this bench's own; its name says whose it is, for {@link sweepBenchFolders}. */
export const benchFolder = (): string => mkdtempSync(join(tmpdir(), `forager-bench-${process.pid}-`))

/** Removes what killed benches left behind: hundreds of megabytes each. Those still running keep theirs. */
export function sweepBenchFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(named.exec(name)?.[1])
    if (owner > 0 && !isRunning(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

/** Signal 0 asks, and reaches nobody; a process of another user answers with a refusal, and so is there. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
