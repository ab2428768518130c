/** First retry after about a second, doubling, never more than five minutes apart, spread by up to a quarter. */
const firstMs = 1_000
const mostMs = 300_000

/** Milliseconds to wait before attempt `attempts + 1`; `random` in [0, 1). */
export function backoffMs(attempts: number, random: number): number {
  const plain = Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 20))
  return Math.round(plain * (1 + random / 4))
}
