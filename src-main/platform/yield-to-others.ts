import { readlinkSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'
import { basename } from 'node:path'

/** Enough that whoever an analyst waits for runs at once; bulk work still gets all that is left over. */
const stepsBack = 5

/**
 * The calling thread steps back behind the others of this process, for good. Only Linux gives each thread a priority, and a
 * name under which Node can reach it. Elsewhere, and where it is not allowed, all threads stay alike: it is about speed alone.
 */
export function yieldToOthers(): void {
  if (process.platform !== 'linux') return
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')))
    setPriority(thread, Math.min(getPriority() + stepsBack, constants.priority.PRIORITY_LOW))
  } catch {
    // No /proc here, or a sandbox that forbids it.
  }
}
