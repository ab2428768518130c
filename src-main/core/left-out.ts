import type { SetAside } from '../domain/page.ts'
import type { CacheRemote } from './cache-threads.ts'

/** Hears of rows one by one, as a list is read, and keeps those of one list with one write. `failed` hears of a write that did not. */
export function keepLeftOut(cache: Pick<CacheRemote, 'setAside'>, failed: (thrown: unknown) => void) {
  let waiting: SetAside[] = []
  return ({ entity, id, reason, body }: SetAside): void => {
    waiting.push({ entity, id, reason, body })
    if (waiting.length > 1) return
    queueMicrotask(() => {
      const rows = waiting
      waiting = []
      cache.setAside(rows).catch(failed)
    })
  }
}
