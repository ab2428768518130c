const firstMs = 1_000
const leastMs = 250
const mostMs = 300_000

/**
 * Milliseconds to wait before attempt `attempts + 1`: anything up to a bound that doubles (full jitter), so that many who lost
 * a server together do not come back together. `random` in [0, 1).
 */
export function backoffMs(attempts: number, random: number, longest: number = mostMs): number {
  return Math.round(leastMs + random * (longestBackoffMs(attempts, longest) - leastMs))
}

/** The bound of that, ms. */
export const longestBackoffMs = (attempts: number, longest: number = mostMs): number =>
  Math.min(longest, firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 20))
