import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { StoreLocation } from '#main/store/ports.ts'
import { cachePath } from '#main/store/profile-files.ts'
import { breakPages, pagesOf } from '#tests/support/store/break-file.ts'
import { copyOf } from '#tests/support/store/crashed-outbox.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'
import { tempProfile } from '#tests/support/store/temp-profile.ts'

/** A copy that was closed, and one as it is when a process dies over it. */
function copies(): Record<'closed' | 'crashed', StoreLocation> {
  const closed = tempProfile()
  const first = openCacheWriter(closed)
  const alerts = fillCache(first, 20)
  first.close()
  const location = copyOf(closed)
  const later = openCacheWriter(location)
  later.ingestAlerts(
    alerts.map((alert) => ({ ...alert, title: 'Later' })),
    2,
  )
  const crashed = copyOf(location)
  later.close()
  return { closed, crashed }
}

const bytesOf = (path: string): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0))

it.each(['closed', 'crashed'] as const)(
  'a damaged copy that was %s is kept as it was found, with its journal, whichever page it is',
  (end) => {
    const found = copies()[end]
    let noticed = 0
    for (let page = 0; page < pagesOf(cachePath(found.folder)); page++) {
      const copy = copyOf(found)
      const path = cachePath(copy.folder)
      breakPages(path, page)
      const [broken, journal] = [bytesOf(path), bytesOf(`${path}-wal`)]
      expect(journal.length > 0).toBe(end === 'crashed')
      const writer = openCacheWriter(copy)
      const kept = writer.damage()?.kept
      writer.close()
      if (kept === undefined) continue
      noticed += 1
      expect(bytesOf(kept).equals(broken)).toBe(true)
      // What was written before the damage was met comes behind.
      expect(bytesOf(`${kept}-wal`).subarray(0, journal.length).equals(journal)).toBe(true)
      expect(readdirSync(copy.folder).filter((name) => name.includes('as-it-is'))).toEqual([])
    }
    expect(noticed).toBeGreaterThan(1)
  },
)
