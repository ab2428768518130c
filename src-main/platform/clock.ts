import { setTimeout as wait } from 'node:timers/promises'

/** The real time. Whoever needs time takes it as an argument, so that tests can own it. */
export const systemClock = {
  /** Milliseconds since the epoch. */
  now: (): number => Date.now(),
  /** Ends early, without error, when the signal aborts. */
  sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
    try {
      await wait(ms, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
  /** In [0, 1). */
  random: (): number => Math.random(),
}
