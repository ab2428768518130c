import { ForagerError } from '#shared/errors/forager-error.ts'
import type { CacheReader } from '../store/ports.ts'
import { lastingThread } from './lasting-thread.ts'
import type { Remote } from './rpc.ts'
import { takeTurns } from './take-turns.ts'
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
export function startReaders(start: () => Thread<CacheReader>, longestMs = longestSearchMs): ReaderPool {
  const quick = lastingThread(start)
  const searcher = lastingThread(start)
  // Only the search that runs is on the thread: those behind it have neither its time nor its end.
  const inTurn = takeTurns()
  return {
    quick: remoteOf(quick),
    search: (run) => inTurn(() => searcher.ask(run, { ms: longestMs, error: tookTooLong(longestMs) })),
    close: async () => {
      await Promise.all([quick.close(), searcher.close()])
    },
  }
}

/** Every method a question of its own. */
function remoteOf<T extends object>({ ask }: ReturnType<typeof lastingThread<T>>): Remote<T> {
  return new Proxy({} as Remote<T>, {
    get: (_, method) =>
      method === 'then'
        ? undefined
        : (...args: unknown[]) =>
            ask((remote) =>
              (remote as Record<PropertyKey, (...all: unknown[]) => Promise<unknown>>)[method]!(...args),
            ),
  })
}

const tookTooLong = (ms: number) =>
  new ForagerError('timeout', `This search took longer than ${ms / 1_000} s.`, {
    did: 'Forager ended it; other lists and searches go on.',
    next: 'Narrow it: a date such as date>-30d, a longer word, a field instead of all of them.',
  })
