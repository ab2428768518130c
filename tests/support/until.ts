import { setTimeout as delay } from 'node:timers/promises'

/** Polls until true; fails by name when the deadline (ms) passes. */
export async function until(
  what: string,
  check: () => Promise<boolean> | boolean,
  deadlineMs = 10_000,
): Promise<void> {
  const end = Date.now() + deadlineMs
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Still not true after ${deadlineMs} ms: ${what}`)
    await delay(25)
  }
}
