import { MessageChannel } from 'node:worker_threads'
import type { Damage } from '../store/damage.ts'
import type { CacheWriter, StoreLocation } from '../store/ports.ts'
import type { SyncCache } from '../sync/ports.ts'
import type { CacheThreadData, PageThreadData } from './messages.ts'
import type { PageThread } from './page-thread.ts'
import type { Remote } from './rpc.ts'
import { startThread, workerUrl } from './threads.ts'

/** The cache as other threads call it: pages are read in one thread and stored in the other. */
export type CacheRemote = SyncCache &
  Remote<Pick<CacheWriter, 'ingestObservables' | 'setAside' | 'forgetAside' | 'close'>> &
  Remote<Pick<PageThread, 'serverIs'>> & { damage: () => Promise<Damage | undefined> }

/** Page bytes move to the thread that reads them rather than being copied. */
const movePages = (method: string, args: unknown[]) =>
  method === 'readPage' ? [(args[1] as Uint8Array<ArrayBuffer>).buffer] : []

/** Two threads with a channel between them, so that no row passes through the core. */
export function startCacheThreads(location: StoreLocation, beside: string) {
  const { port1, port2 } = new MessageChannel()
  const writer = startThread<CacheWriter>(
    workerUrl('cache-worker', beside),
    { location, pages: port1 } satisfies CacheThreadData,
    { give: [port1] },
  )
  const reader = startThread<PageThread>(
    workerUrl('page-worker', beside),
    { pages: port2 } satisfies PageThreadData,
    { give: [port2], transfer: movePages },
  )
  const stored = writer.remote as unknown as CacheRemote
  const { readPage, serverIs } = reader.remote
  return {
    // Whatever is not the reader's is asked of the writer.
    cache: Object.assign(Object.create(stored) as CacheRemote, { readPage, serverIs }),
    stop: async () => {
      await Promise.all([reader.stop(), writer.stop()])
    },
  }
}
