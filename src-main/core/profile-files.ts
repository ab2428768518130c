import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Damage } from '../store/damage.ts'
import { openOutbox } from '../store/outbox-store.ts'
import type { CacheReader, CacheWriter, OutboxStore, StoreLocation } from '../store/ports.ts'
import { lockProfile } from '../store/profile-lock.ts'
import type { SyncCache } from '../sync/ports.ts'
import { damageNotices } from './damage-notices.ts'
import { undoInReverse } from './in-reverse.ts'
import { startReaders } from './reader-pool.ts'
import type { ReaderPool } from './reader-pool.ts'
import type { Remote } from './rpc.ts'
import { startThread, workerUrl } from './threads.ts'

/** The cache thread's methods as another thread calls them. */
export type CacheRemote = SyncCache &
  Remote<Pick<CacheWriter, 'ingestObservables' | 'close'>> & {
    serverIs: (server: { version: string; host: string }) => Promise<void>
    damage: () => Promise<Damage | undefined>
  }

export type ProfileFiles = {
  cache: CacheRemote
  readers: ReaderPool
  outbox: OutboxStore
  /** What opening found wrong, in words. */
  notices: ErrorData[]
  close: () => Promise<void>
}

/** Page bytes move to the cache thread rather than being copied. */
const movePages = (method: string, args: unknown[]) =>
  method === 'readPage' ? [(args[1] as Uint8Array<ArrayBuffer>).buffer] : []

/**
 * Takes the profile's lock, opens both databases and starts their threads; closing undoes it in reverse.
 * @throws ForagerError `locked` when another Forager has the profile, `newer-file`, `corrupt`, `disk-full`
 */
export async function openProfileFiles(location: StoreLocation, beside: string): Promise<ProfileFiles> {
  const opened = undoInReverse()
  const lock = lockProfile(location.folder)
  opened.add(() => lock.release())
  try {
    const thread = startThread<CacheWriter>(workerUrl('cache-worker', beside), { location }, movePages)
    opened.add(() => thread.stop())
    const cache = thread.remote as unknown as CacheRemote
    // The first answer comes after opening and migrating: readers never meet an older schema.
    await cache.marks()
    const outbox = openOutbox(location)
    opened.add(() => outbox.close())
    opened.add(() => outbox.backup())
    opened.add(() => cache.close())
    const notices = damageNotices([await cache.damage(), outbox.damage()], outbox.damaged())
    const readers = startReaders(() =>
      startThread<CacheReader>(workerUrl('reader-worker', beside), { location }),
    )
    opened.add(() => readers.close())
    return { cache, readers, outbox, notices, close: opened.run }
  } catch (thrown) {
    // What failed first is what the analyst must hear; closing the rest can only add noise to it.
    await opened.run().catch(() => undefined)
    throw thrown
  }
}
