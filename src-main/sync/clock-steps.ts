import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'

/** Less than this is a correction, not a step. */
const noticedMs = 5_000

/**
 * The clock was at `before` and is at `now`, earlier: what waited for a moment waits as long as it would have. Answers the
 * operations that change.
 */
export function carriedBack(operations: readonly Operation[], before: number, now: number): Operation[] {
  const step = before - now
  if (step < noticedMs) return []
  return operations
    .filter(({ state, notBefore }) => state === 'held' || state === 'retry-at' || notBefore > now)
    .filter(({ notBefore }) => notBefore > now && notBefore < untilAnalyst)
    .map((one) => ({ ...one, notBefore: one.notBefore - step }))
}

/** The latest moment that our clock is known to have shown: it may have been set back while nobody looked. */
export const latestSeen = (operations: readonly Operation[], now: number): number =>
  operations.reduce((latest, { createdAt }) => Math.max(latest, createdAt), now)
