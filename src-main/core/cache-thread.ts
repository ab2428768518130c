import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { PageRequest, ReadPage } from '../domain/page.ts'
import type { CacheWriter, Ingested } from '../store/ports.ts'
import type { PageRead } from '../sync/ports.ts'

/** How a flavour's pages are read; chosen where the thread is composed. */
export type PageReaders = {
  alerts: (bytes: Uint8Array, request: PageRequest) => ReadPage<Alert>
  observables: (
    bytes: Uint8Array,
    request: PageRequest,
  ) => ReadPage<{ alertId: string; observable: Observable }>
}

type Parsed =
  | { entity: 'alert'; page: ReturnType<PageReaders['alerts']> }
  | { entity: 'observable'; page: ReturnType<PageReaders['observables']> }

/** A page read ahead and never stored, because pulling stopped there, makes room for later ones. */
const mostParsed = 4

/** The writer's methods plus page reading: bytes are parsed in the thread that stores them. */
export function withPages(writer: CacheWriter, readers: PageReaders, now: () => number) {
  const parsed = new Map<number, Parsed>()
  let token = 0

  const readPage = (entity: 'alert' | 'observable', bytes: Uint8Array, request: PageRequest): PageRead => {
    const read: Parsed =
      entity === 'alert'
        ? { entity, page: readers.alerts(bytes, request) }
        : { entity, page: readers.observables(bytes, request) }
    const { rows, next, newest, setAside } = read.page
    if (request.limit > 1) parsed.set(++token, read)
    for (const oldest of parsed.keys()) if (oldest <= token - mostParsed) parsed.delete(oldest)
    return { token, rows, newest, next, setAside: setAside.length }
  }

  const ingestPage = (wanted: number): Ingested => {
    const read = parsed.get(wanted)
    if (read === undefined) throw new ForagerError('bug', 'A page was stored twice or never read')
    parsed.delete(wanted)
    writer.setAside(read.page.setAside)
    if (read.entity === 'alert') return writer.ingestAlerts(read.page.items, now())
    const { changed } = writer.ingestObservables(read.page.items)
    return { changed, arrived: 0, underPending: [] }
  }
  return Object.assign(writer, { readPage, ingestPage })
}
