import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startReaders } from '#main/core/reader-pool.ts'
import type { Thread } from '#main/core/threads.ts'
import type { CacheReader } from '#main/store/ports.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const never = () => new Promise<never>(() => undefined)
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Threads that answer one search after the other, each in the ms it names, `upMs` after they were started; no word can stop them. */
function rig({ upMs = 0 } = {}) {
  let started = 0
  const readers = startReaders((): Thread<CacheReader> => {
    const [thread, up] = [++started, after(upMs)]
    let free = up
    const remote = {
      searchCases: (text: string) => {
        free = free.then(() => (text === 'endless' ? never() : after(Number(text))))
        return free.then(() => [thread])
      },
    }
    return {
      remote: remote as unknown as Thread<CacheReader>['remote'],
      ...{ greet: () => up, onEvent: () => undefined, isGone: () => false, stop: never },
    }
  })
  const search = (text: string) => readers.search((reader) => reader.searchCases(text, 1))
  return { search, started: () => started }
}

it('a search that SQLite does not let go of is told after ten seconds all the same, and the next has a thread', async () => {
  const { search } = rig()
  const told = expect(search('endless')).rejects.toMatchObject({
    kind: 'timeout',
    message: 'This search took longer than 10 s.',
  })
  const next = search('1')
  await vi.advanceTimersByTimeAsync(10_100)
  await told
  expect(await next).toEqual([3])
})

it('the time of a search begins when it runs: neither the turn it waits for nor a slow start is counted', async () => {
  const { search, started } = rig({ upMs: 9_000 })
  const all = Promise.all(['8000', '8000', '8000'].map(search))
  await vi.advanceTimersByTimeAsync(9_000 + 3 * 8_000)
  expect(await all).toEqual([[2], [2], [2]])
  expect(started()).toBe(2)
})
