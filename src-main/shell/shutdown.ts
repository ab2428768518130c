import { app, powerMonitor } from 'electron'
import type { Event } from 'electron'
import type { Logger } from '../platform/logger.ts'

/** One thing to end, in order. `run` may take as long as `timeoutMs`; then the next one goes on regardless. */
export type ShutdownStep = { name: string; run: () => Promise<void> | void; timeoutMs: number }

/** A machine that shuts down waits five seconds at most (logind's default) for whoever asks it to, ms. */
const hurryMs = 4_000

/**
 * Quits in order, once: holds back the first quit, runs the steps, then lets the process go. A step that fails or hangs
 * is logged and does not keep the rest from closing; the exit code then says 1. Started again meanwhile, Forager comes back:
 * whoever started it was sent away in favour of the one that closes. Where the machine shuts down it hurries: macOS would take a
 * quit that is held back for a refusal, unless it was asked to wait.
 */
export function quitInOrder(steps: readonly ShutdownStep[], log: Logger): void {
  let begun = false
  let wantedAgain = false
  const begin = (withinMs?: number) => {
    if (begun) return
    begun = true
    void runSteps(steps, log, withinMs).then((clean) => {
      if (wantedAgain) app.relaunch()
      app.exit(clean ? 0 : 1)
    })
  }
  app.on('second-instance', () => (wantedAgain ||= begun))
  app.on('before-quit', (event) => {
    event.preventDefault()
    begin()
  })
  // Electron hands an event over; its types do not say so.
  powerMonitor.on('shutdown', (event?: Event) => {
    event?.preventDefault()
    begin(hurryMs)
  })
}

/**
 * Answers whether every step ended well and in time. All of them end within `withinMs`: each may take half of what is left, so
 * that the last ones have their turn.
 */
export async function runSteps(
  steps: readonly ShutdownStep[],
  log: Logger,
  withinMs = Infinity,
): Promise<boolean> {
  const ends = performance.now() + withinMs
  let clean = true
  for (const { name, run, timeoutMs } of steps) {
    try {
      await within(Math.min(timeoutMs, (ends - performance.now()) / 2), Promise.try(run))
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
