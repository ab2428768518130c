import type { PageRequest } from '../domain/page.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { Ingested } from '../store/ports.ts'
import type { PageRead, SyncCache } from './ports.ts'

export type PullContext = { server: TheHiveServer; cache: SyncCache; signal: AbortSignal }
export type PulledEntity = 'alert' | 'observable'

/** What one stored page came to. */
export type PageStored = { read: PageRead; ingested: Ingested }

/**
 * Walks pages until the last one. While a page is being stored the next is already on its way, and it is parsed as soon as
 * the cache's thread is free: the network, the parser and the disk never wait for each other. `onStored` may say stop.
 */
export async function pullPages(
  entity: PulledEntity,
  first: PageRequest,
  context: PullContext,
  onStored: (page: PageStored) => Promise<'go-on' | 'stop'>,
): Promise<'finished' | 'stopped'> {
  const take = async (request: PageRequest) =>
    context.cache.readPage(entity, await fetchPage(entity, request, context), request)
  let read = await take(first)
  for (;;) {
    const following = read.next && { ...first, cursor: read.next }
    const ahead = following && settled(take(following))
    const ingested = await context.cache.ingestPage(read.token)
    const word = await onStored({ read, ingested })
    if (following === undefined) return 'finished'
    if (word === 'stop') return 'stopped'
    read = unwrap(await ahead)
  }
}

type Outcome<T> = { value: T } | { error: unknown }

/** A page fetched ahead must not become an unhandled rejection while the one before is stored. */
const settled = <T>(promise: Promise<T>): Promise<Outcome<T>> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )

function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('A page was expected and never asked for')
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

function fetchPage(
  entity: PulledEntity,
  request: PageRequest,
  { server, signal }: PullContext,
): Promise<Uint8Array> {
  return entity === 'alert' ? server.alertPage(request, signal) : server.observablePage(request, signal)
}
