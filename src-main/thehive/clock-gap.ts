/** A `Date` header names a whole second, ms. */
const headerStep = 1_000

type Bounds = { least: number; most: number }

/**
 * By how much a server's clock is ahead of ours, narrowed with every answer. The header was written between sending and receiving;
 * an answer that fits no earlier one means that a clock was set.
 */
export function createClockGap() {
  let bounds: Bounds | undefined

  return {
    /** `sentAt` and `receivedAt` in our time, ms. A header that is no date says nothing. */
    heard(header: string | undefined, { sentAt, receivedAt }: { sentAt: number; receivedAt: number }): void {
      const said = header === undefined ? NaN : Date.parse(header)
      if (Number.isNaN(said)) return
      const seen: Bounds = {
        least: said - receivedAt,
        most: said + headerStep - Math.min(sentAt, receivedAt),
      }
      const [least, most] = [
        Math.max(bounds?.least ?? -Infinity, seen.least),
        Math.min(bounds?.most ?? Infinity, seen.most),
      ]
      bounds = least <= most ? { least, most } : seen
    },
    /** ms; 0 while nothing tells, and where both clocks may show the same. */
    ahead(): number {
      if (bounds === undefined || (bounds.least <= 0 && bounds.most >= 0)) return 0
      return Math.round((bounds.least + bounds.most) / 2)
    },
  }
}
