import type { Clock } from '#main/sync/ports.ts'

/** The engine's rest is where a round has ended; stepping ends the rest and waits for the next one. */
export function steppedClock(start = Date.now()) {
  let now = start
  let wake = () => undefined as void
  let rested = () => undefined as void
  const clock: Clock = {
    now: () => now,
    random: () => 0,
    sleep: (_, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
        rested()
      }),
  }
  const step = (ms: number, begin = () => wake()): Promise<void> =>
    new Promise((resolve) => {
      now += ms
      rested = resolve
      begin()
    })
  return { clock, step }
}
