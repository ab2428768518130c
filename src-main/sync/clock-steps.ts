import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { decidedAt } from '../domain/due-at-once.ts'
import { longestBackoffMs } from './backoff.ts'
import { askedMs, longestPauseMs, plainPauseMs } from './reconnect.ts'

/** Less than this is a correction, not a step. */
export const noticedMs = 5_000

/**
 * The clock was at `before` and is at `now`, earlier: what waited for a moment waits as long as it would have. Answers the
 * operations that change.
 */
export function carriedBack(operations: readonly Operation[], before: number, now: number): Operation[] {
  const step = before - now
  if (step < noticedMs) return []
  return operations.flatMap((operation) => {
    const moved = {
      ...waitingMoved(operation, now, step),
      ...decisionMoved(operation, now, step),
    }
    return Object.keys(moved).length === 0 ? [] : [{ ...operation, ...moved }]
  })
}

function waitingMoved(operation: Operation, now: number, step: number): { notBefore?: number } {
  const { notBefore } = operation
  const waits = notBefore > now && notBefore < untilAnalyst
  return waits && !isOfThisClock(operation, now) ? { notBefore: notBefore - step } : {}
}

/** What was decided or failed since the clock was set, before that was noticed, waits as long as it should. */
function isOfThisClock(operation: Operation, now: number): boolean {
  const { state, notBefore, attempts, lastError } = operation
  if (state === 'held') return decidedAt(operation) <= now
  const usual = Math.max(plainPauseMs, longestBackoffMs(attempts))
  const longest = askedMs(lastError ?? {}) ?? usual
  return state === 'retry-at' && notBefore - now <= longest
}

/** Allowed for once: the same step must not be found again at each start-up. */
function decisionMoved(operation: Operation, now: number, step: number): { setBackBy?: number } {
  return decidedAt(operation) > now ? { setBackBy: (operation.setBackBy ?? 0) + step } : {}
}

/** The latest moment that our clock is known to have shown: it may have been set back while nobody looked. */
export const latestSeen = (operations: readonly Operation[], now: number): number =>
  operations.reduce((latest, operation) => Math.max(latest, shownFor(operation)), now)

/** A failed attempt was given a pause, of which the longest is known. What was decided elsewhere tells of another clock. */
function shownFor(operation: Operation): number {
  const { state, notBefore, carried } = operation
  const decided = carried === undefined ? decidedAt(operation) : -Infinity
  return state === 'retry-at' && notBefore < untilAnalyst
    ? Math.max(decided, notBefore - longestPauseMs)
    : decided
}
