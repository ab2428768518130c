import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { StoreLocation } from '#main/store/ports.ts'

export const testKey = '0f'.repeat(32)

/** A folder of its own that goes when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'forager-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Where a profile's files would be; nothing is opened yet. */
export function tempProfile(over: Partial<StoreLocation> = {}): StoreLocation {
  return { folder: tempFolder(), keyHex: testKey, care: 'disposable', ...over }
}

/** A cache with its writer and one reader, closed when the test ends. */
export function openedCache(location: StoreLocation = tempProfile()) {
  const writer = openCacheWriter(location)
  const reader = openCacheReader(location)
  onTestFinished(() => {
    reader.close()
    writer.close()
  })
  return { writer, reader, location }
}

export function openedOutbox(location: StoreLocation = tempProfile()) {
  const outbox = openOutbox(location)
  onTestFinished(() => outbox.close())
  return { outbox, location }
}
