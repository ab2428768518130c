import { noting } from './cache-damage.ts'
import { connectCache } from './cache/connect.ts'
import { createCacheReader } from './cache/reader.ts'
import type { CacheReader, StoreLocation } from './ports.ts'

/** A read-only connection. The writer must have opened, and so migrated, the file before. */
export function openCacheReader(location: StoreLocation): CacheReader {
  return noting(location.folder, createCacheReader(connectCache(location, { readonly: true })))
}
