import type { CacheReader } from '../store/ports.ts'
import type { Remote } from './rpc.ts'
import type { Thread } from './threads.ts'

/** A search that runs longer than this is ended: SQLite cannot be interrupted, its thread can. Milliseconds. */
const longestSearchMs = 10_000

export type ReaderPool = {
  /** Quick reads: details, rows, counts. Never behind a search. */
  quick: Remote<CacheReader>
  /** Lists and searches; one that runs too long takes its thread with it and the next starts fresh. */
  search: <T>(run: (reader: Remote<CacheReader>) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

/** Two readers: one that must always answer at once, one that may be busy. */
export function startReaders(start: () => Thread<CacheReader>): ReaderPool {
  const quick = start()
  let searcher = start()
  return {
    quick: quick.remote,
    search: async (run) => {
      const used = searcher
      const timer = setTimeout(() => {
        if (searcher !== used) return
        searcher = start()
        void used.stop()
      }, longestSearchMs)
      try {
        return await run(used.remote)
      } finally {
        clearTimeout(timer)
      }
    },
    close: async () => {
      await Promise.all([quick.stop(), searcher.stop()])
    },
  }
}
