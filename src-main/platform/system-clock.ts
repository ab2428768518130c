import { setTimeout as delay } from 'node:timers/promises'

/** Real time. Tests bring their own. */
export const systemClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  /** Ends early, without error, when the signal aborts. */
  sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return
    try {
      await delay(ms, undefined, { signal })
    } catch (thrown) {
      if (!signal.aborted) throw thrown
    }
  },
}
