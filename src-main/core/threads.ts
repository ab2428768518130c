import { Worker } from 'node:worker_threads'
import type { Transferable } from 'node:worker_threads'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { connect } from './rpc.ts'
import type { Remote } from './rpc.ts'

export type Thread<T> = {
  remote: Remote<T>
  onEvent: (listener: (event: string, payload: unknown) => void) => void
  /** Answered once it takes calls. */
  greet: () => Promise<unknown>
  /** It ended, by itself or because it was stopped. */
  isGone: () => boolean
  stop: () => Promise<void>
}

/** `cache-worker` beside the file that asks: .ts when run from source, .js when built. */
export function workerUrl(name: string, beside: string): URL {
  return new URL(`./${name}${beside.endsWith('.ts') ? '.ts' : '.js'}`, beside)
}

export type ThreadExtras = {
  /** What of `workerData` goes over to the thread rather than being copied. */
  give?: readonly Transferable[] | undefined
  /** Buffers to move with a call rather than to copy, by method. */
  transfer?: ((method: string, args: unknown[]) => Transferable[]) | undefined
}

/** Starts a thread and speaks to it. A thread that dies fails every call by name; nothing hangs. */
export function startThread<T extends object>(
  url: URL,
  workerData: unknown,
  { give = [], transfer }: ThreadExtras = {},
): Thread<T> {
  const worker = new Worker(url, { workerData, transferList: [...give] })
  const { remote, onEvent, greet, fail } = connect<T>(worker, transfer)
  let isGone = false
  const gone = (why: string) => {
    // What it died of is told before the code it ends with.
    if (isGone) return
    isGone = true
    fail(new ForagerError('bug', `A part of Forager stopped: ${why}`, { next: 'Close and reopen Forager.' }))
  }
  worker.on('error', (error) => gone(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => gone(`exit code ${code}`))
  return {
    ...{ remote, onEvent, greet },
    isGone: () => isGone,
    stop: async () => {
      await worker.terminate()
    },
  }
}
