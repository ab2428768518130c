import type { PageRequest } from '../domain/page.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { Ingested } from '../store/ports.ts'
import type { PageRead, SyncCache } from './ports.ts'
import { serverNow } from './server-time.ts'

export type PullContext = { server: TheHiveServer; cache: SyncCache; signal: AbortSignal; now: () => number }
export type PulledEntity = 'alert' | 'observable'

/** What one stored page came to. */
export type PageStored = { read: PageRead; ingested: Ingested }

/** So many pages are on their way, or read, while one is being stored. */
const pagesAhead = 2

/**
 * Walks pages until the last one, storing them one by one. The next ones are fetched and read meanwhile: the network, the
 * parser and the disk never wait for each other. `onStored` may say stop; what was read ahead is then forgotten.
 */
export async function pullPages(
  entity: PulledEntity,
  first: PageRequest,
  context: PullContext,
  onStored: (page: PageStored) => Promise<'go-on' | 'stop'>,
): Promise<'finished' | 'stopped'> {
  let over = false
  const take = (request: PageRequest) =>
    settled(
      fetchPage(entity, request, context).then((bytes) => context.cache.readPage(entity, bytes, request)),
    )
  const after = async (page: Promise<Outcome | undefined>): Promise<Outcome | undefined> => {
    const outcome = await page
    const cursor = outcome !== undefined && 'read' in outcome ? outcome.read.next : undefined
    return cursor === undefined || over ? undefined : take({ ...first, cursor })
  }
  const ahead: Promise<Outcome | undefined>[] = [take(first)]
  try {
    for (;;) {
      while (ahead.length <= pagesAhead) ahead.push(after(ahead.at(-1) ?? Promise.resolve(undefined)))
      const outcome = await ahead.shift()
      if (outcome === undefined) return 'finished'
      if ('error' in outcome) throw outcome.error
      const { read } = outcome
      const ingested = await context.cache.ingestPage(read.token, serverNow(context))
      const word = await onStored({ read, ingested })
      if (word === 'stop' && read.next !== undefined) return 'stopped'
    }
  } finally {
    over = true
  }
}

type Outcome = { read: PageRead } | { error: unknown }

/** A page read ahead must not become an unhandled rejection while one before it is stored. */
const settled = (page: Promise<PageRead>): Promise<Outcome> =>
  page.then(
    (read) => ({ read }),
    (error: unknown) => ({ error }),
  )

function fetchPage(
  entity: PulledEntity,
  request: PageRequest,
  { server, signal }: PullContext,
): Promise<Uint8Array> {
  return entity === 'alert' ? server.alertPage(request, signal) : server.observablePage(request, signal)
}
