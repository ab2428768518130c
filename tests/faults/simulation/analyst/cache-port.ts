import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import { nextCursor } from '#main/domain/page.ts'
import { readyAlert, readyObservable } from '#main/store/cache/ready-rows.ts'
import type { CacheWriter, Ingested } from '#main/store/ports.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { rowsOf } from '../hive/page-bytes.ts'
import { never } from '../wire.ts'
import type { Process } from '../wire.ts'

/** The writer as sync calls it from another thread; a process may die before and after each call. */
export function cachePort(writer: CacheWriter, process: Process, now: () => number): SyncCache {
  const crossing =
    (method: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      if (!process.cross()) return never()
      try {
        const value = method(...args)
        return process.cross() ? Promise.resolve(value) : never()
      } catch (thrown) {
        return Promise.reject(thrown as Error)
      }
    }
  const methods = Object.entries({ ...writer, ...pages(writer, now) }) as [
    string,
    Parameters<typeof crossing>[0],
  ][]
  return Object.fromEntries(methods.map(([name, method]) => [name, crossing(method)])) as unknown as SyncCache
}

/** Pages are read where they are stored; each is taken once. */
function pages(writer: CacheWriter, now: () => number) {
  const read = new Map<number, (there: number) => Ingested>()
  let token = 0
  const readPage = (...[entity, bytes, request]: Parameters<SyncCache['readPage']>) => {
    const rows = rowsOf<Alert & Observable & { alertId: string }>(bytes)
    const stamps = rows.map((row) => row[request.field] ?? 0)
    token += 1
    read.set(token, (there) => {
      if (entity === 'alert') return writer.ingestReadyAlerts(rows.map(readyAlert), now(), there)
      const ready = rows.map(({ alertId, ...one }) => ({ alertId, ...readyObservable(one) }))
      const { changed } = writer.ingestReadyObservables(ready)
      return { changed, arrived: 0, underPending: [] }
    })
    const next = nextCursor(stamps, request)
    return { token, rows: rows.length, setAside: 0, next, newest: Math.max(0, ...stamps) }
  }
  const ingestPage = (wanted: number, there: number): Ingested => {
    const store = read.get(wanted)
    if (store === undefined) throw new Error('A page was stored twice.')
    read.delete(wanted)
    return store(there)
  }
  return { readPage, ingestPage }
}
