import type { ErrorData } from '#shared/errors/error-data.ts'
import { openOutbox, openOutboxAnew } from '../store/outbox-store.ts'
import type { CacheReader, OutboxStore, StoreLocation } from '../store/ports.ts'
import { lockProfile } from '../store/profile-lock.ts'
import { startCacheThreads } from './cache-threads.ts'
import type { CacheRemote } from './cache-threads.ts'
import { damageNotices } from './damage-notices.ts'
import { undoInReverse } from './in-reverse.ts'
import type { ReaderThreadData } from './messages.ts'
import { startReaders } from './reader-pool.ts'
import type { ReaderPool } from './reader-pool.ts'
import { startThread, workerUrl } from './threads.ts'

export type ProfileFiles = {
  cache: CacheRemote
  readers: ReaderPool
  outbox: OutboxStore
  /** What opening found wrong, in words. */
  notices: ErrorData[]
  close: () => Promise<void>
}

/**
 * Takes the profile's lock, opens both databases and starts their threads; closing undoes it in reverse. An outbox of which nothing can be
 * read is followed by an empty one only where that is asked for.
 * @throws ForagerError `locked` when another Forager has the profile, `newer-file`, `corrupt`, `disk-full`
 */
export async function openProfileFiles(
  location: StoreLocation,
  { beside, mayBeginAnew }: { beside: string; mayBeginAnew: boolean },
): Promise<ProfileFiles> {
  const opened = undoInReverse()
  const lock = lockProfile(location.folder)
  opened.add(() => lock.release())
  try {
    const { cache, stop } = startCacheThreads(location, beside)
    opened.add(stop)
    // The first answer comes after opening and migrating: readers never meet an older schema.
    await cache.marks()
    const outbox = mayBeginAnew ? openOutboxAnew(location) : openOutbox(location)
    opened.add(() => outbox.close())
    opened.add(() => outbox.backup())
    opened.add(() => cache.close())
    const notices = damageNotices([await cache.damage(), outbox.damage()], outbox.damaged())
    const readers = startReaders(() =>
      startThread<CacheReader>(workerUrl('reader-worker', beside), { location } satisfies ReaderThreadData),
    )
    opened.add(() => readers.close())
    return { cache, readers, outbox, notices, close: opened.run }
  } catch (thrown) {
    // What failed first is what the analyst must hear; closing the rest can only add noise to it.
    await opened.run().catch(() => undefined)
    throw thrown
  }
}
