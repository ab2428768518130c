import { parentPort, workerData } from 'node:worker_threads'
import { yieldToOthers } from '../platform/yield-to-others.ts'
import { openCacheWriter } from '../store/cache-writer.ts'
import { withPages } from './cache-thread.ts'
import type { CacheThreadData } from './messages.ts'
import { pageInbox } from './page-inbox.ts'
import { serve } from './rpc.ts'

// The one writer of cache.sqlite, so that neither main nor core ever waits for a commit.
yieldToOthers()
const { location, pages } = workerData as CacheThreadData
if (parentPort === null) throw new Error('The cache worker runs as a worker thread')
serve(
  parentPort,
  withPages(openCacheWriter(location), pageInbox(pages), () => Date.now()),
)
