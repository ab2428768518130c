/** The server's clock: never runs backwards, so a later write never carries an earlier stamp. Equal stamps may happen. */
export type HiveClock = { now: () => number }

/** A clock over `source` (default: the machine's) in whole milliseconds. */
export function createClock(source: () => number = Date.now): HiveClock {
  let last = 0
  return {
    now: () => {
      last = Math.max(last, Math.floor(source()))
      return last
    },
  }
}
