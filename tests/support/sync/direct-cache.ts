import type { CacheWriter } from '#main/store/ports.ts'
import { readyAlert, readyObservable } from '#main/store/cache/ready-rows.ts'
import type { PageRead, SyncCache } from '#main/sync/ports.ts'
import { pageReadersOf } from '#main/thehive/page-readers.ts'
import type { PageServer } from '#main/thehive/page-readers.ts'

/** The writer as sync calls it; pages are read where they are stored. */
export function directCache(writer: CacheWriter, server: () => PageServer, now: () => number): SyncCache {
  const pages = new Map<number, () => ReturnType<CacheWriter['ingestReadyAlerts']>>()
  let last = 0
  const readPage: SyncCache['readPage'] = async (entity, bytes, request): Promise<PageRead> => {
    const readers = pageReadersOf(server().flavour)
    const token = ++last
    if (entity === 'alert') {
      const { items, setAside, rows, next, newest } = readers.alerts(bytes, request, server())
      pages.set(token, () => {
        writer.setAside(setAside)
        return writer.ingestReadyAlerts(items.map(readyAlert), now())
      })
      return { token, rows, next, newest, setAside: setAside.length }
    }
    const { items, setAside, rows, next, newest } = readers.observables(bytes, request, server())
    pages.set(token, () => {
      const ready = items.map(({ alertId, observable }) => ({ alertId, ...readyObservable(observable) }))
      return { ...writer.ingestReadyObservables(ready), arrived: 0, underPending: [] }
    })
    return { token, rows, next, newest, setAside: setAside.length }
  }
  const own = {
    readPage,
    ingestPage: async (wanted: number) => {
      const store = pages.get(wanted)
      pages.delete(wanted)
      return store?.() ?? Promise.reject(new Error('no such page'))
    },
  }
  return new Proxy(own as unknown as SyncCache, {
    get: (target, name) => {
      if (name === 'then') return undefined
      if (Object.hasOwn(target, name)) return Reflect.get(target, name) as unknown
      const method = Reflect.get(writer, name) as (...args: unknown[]) => unknown
      return async (...args: unknown[]) => method(...args)
    },
  })
}
