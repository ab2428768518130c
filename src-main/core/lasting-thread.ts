import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Remote } from './rpc.ts'
import type { Thread } from './threads.ts'

/** A question whose thread died this often is what it dies of, and is not asked again. */
const mostDeaths = 2

/** How long one attempt may take on its thread, ms, and what it fails with after that. */
type Limit = { ms: number; error: ForagerError }

/** A thread for questions that change nothing: one that is gone is replaced, and what it owed is asked of the next. */
export function lastingThread<T extends object>(start: () => Thread<T>) {
  const begin = () => {
    const thread = start()
    // Of one that dies before it is up, the question itself hears.
    return { thread, isUp: thread.greet().catch(() => undefined) }
  }
  let current = begin()
  let isClosed = false

  const living = () => {
    if (isClosed) throw closed()
    if (current.thread.isGone()) current = begin()
    return current
  }

  const attempt = async <R>(
    { thread, isUp }: ReturnType<typeof begin>,
    run: (remote: Remote<T>) => Promise<R>,
    limit: Limit | undefined,
  ): Promise<R> => {
    if (limit === undefined) return run(thread.remote)
    await isUp
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      // Not waited for: it ends only once SQLite is done.
      void thread.stop()
      if (current.thread === thread && !isClosed) current = begin()
      reject(limit.error)
    }, limit.ms)
    try {
      return await Promise.race([run(thread.remote), late])
    } finally {
      clearTimeout(timer)
    }
  }

  const ask = async <R>(run: (remote: Remote<T>) => Promise<R>, limit?: Limit): Promise<R> => {
    for (let deaths = 1; ; deaths += 1) {
      const used = living()
      try {
        return await attempt(used, run, limit)
      } catch (thrown) {
        if (isClosed) throw closed()
        if (thrown === limit?.error || !used.thread.isGone()) throw thrown
        if (deaths === mostDeaths) throw diedOfIt(thrown)
      }
    }
  }

  return {
    ask,
    close: async () => {
      isClosed = true
      await current.thread.stop()
    },
  }
}

const closed = () => new ForagerError('cancelled', 'What was asked belongs to a profile that was closed.')

const diedOfIt = (thrown: unknown) =>
  new ForagerError('bug', thrown instanceof Error ? thrown.message : String(thrown), {
    did: 'Forager started it again, and the same question stopped it once more.',
    next: 'Ask for something else: everything besides goes on.',
    cause: thrown,
  })
