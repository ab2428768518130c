import { app } from 'electron'
import type { Logger } from '../platform/logger.ts'

/** One thing to end, in order. `run` may take as long as `timeoutMs`; then the next one goes on regardless. */
export type ShutdownStep = { name: string; run: () => Promise<void> | void; timeoutMs: number }

/**
 * Quits in order, once: holds back the first quit, runs the steps, then lets the process go. A step that fails or hangs
 * is logged and does not keep the rest from closing; the exit code then says 1. Started again meanwhile, Forager comes back:
 * whoever started it was sent away in favour of the one that closes.
 */
export function quitInOrder(steps: readonly ShutdownStep[], log: Logger): void {
  let begun = false
  let wantedAgain = false
  app.on('second-instance', () => (wantedAgain ||= begun))
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (begun) return
    begun = true
    void runSteps(steps, log).then((clean) => {
      if (wantedAgain) app.relaunch()
      app.exit(clean ? 0 : 1)
    })
  })
}

/** Answers whether every step ended well and in time. */
export async function runSteps(steps: readonly ShutdownStep[], log: Logger): Promise<boolean> {
  let clean = true
  for (const { name, run, timeoutMs } of steps) {
    try {
      await within(timeoutMs, Promise.try(run))
      log.debug('Shutdown step done', { step: name })
    } catch (error) {
      clean = false
      log.error('Shutdown step failed', { step: name, error })
    }
  }
  return clean
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done after ${ms} ms`)), ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
