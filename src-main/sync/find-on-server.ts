import type { QueueSort } from '#shared/query/queue-sort.ts'
import type { AlertSort, NotAsked, SearchCursor, SearchTotal, Wanted } from '../thehive/alert-search.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { SetAside } from '../domain/page.ts'
import type { OperationBook } from './operation-book.ts'
import type { SyncCache } from './ports.ts'
import { serverNow } from './server-time.ts'

/** One question brings so many alerts at most, and looks at so many rows for them: nobody reads more, and a fill brings the rest. */
const mostFound = 1_000
const mostPages = 10
const pageRows = 200

export type FindContext = {
  server: Pick<TheHiveServer, 'findAlerts' | 'clockAhead'>
  cache: Pick<SyncCache, 'ingestAlerts'> & { setAside: (entries: readonly SetAside[]) => Promise<void> }
  book: Pick<OperationBook, 'noteServerState'>
  signal: AbortSignal
}

export type FoundOnServer = {
  /** Alerts that fit, now in the copy. */
  found: number
  changed: string[]
  /** Those of them never seen before. */
  arrived: number
  setAside: number
  total: SearchTotal | undefined
  /** The server has more rows than were looked at. */
  more: boolean
  notAsked: NotAsked[]
}

/** Asks the server for what fits and stores it page by page: what came before a failure stays. */
export async function findOnServer(
  { sort, ...wanted }: Wanted & { sort: QueueSort },
  { server, cache, book, signal }: FindContext,
): Promise<FoundOnServer> {
  const changed = new Set<string>()
  const sum: FoundOnServer = {
    ...{ found: 0, changed: [], arrived: 0, setAside: 0, more: false },
    ...{ total: undefined, notAsked: [] },
  }
  let cursor: SearchCursor | undefined
  for (let page = 0; page < mostPages && sum.found < mostFound; page += 1) {
    const search = { ...wanted, sort: sortsOf(sort), limit: pageRows, cursor }
    const { alerts, setAside, total, next, notAsked } = await server.findAlerts(search, signal)
    await cache.setAside(setAside)
    const ingested = await cache.ingestAlerts(
      alerts,
      wanted.now,
      serverNow({ server, now: () => wanted.now }),
    )
    book.noteServerState(ingested.underPending)
    for (const id of ingested.changed) changed.add(id)
    sum.found += alerts.length
    sum.arrived += ingested.arrived
    sum.setAside += setAside.length
    if (page === 0) Object.assign(sum, { total, notAsked })
    cursor = next
    sum.more = next !== undefined
    if (next === undefined) break
  }
  return { ...sum, changed: [...changed] }
}

/** The queue's order, then the newest first. */
const sortsOf = ({ field, direction }: QueueSort): AlertSort[] => [
  { field, direction },
  { field: 'createdAt', direction: 'desc' },
]
