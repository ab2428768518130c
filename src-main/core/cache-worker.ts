import { parentPort, workerData } from 'node:worker_threads'
import { openCacheWriter } from '../store/cache-writer.ts'
import { readAlertPage, readObservablePage } from '../thehive/v1/page-reader.ts'
import { withPages } from './cache-thread.ts'
import type { CacheThreadData } from './messages.ts'
import { serve } from './rpc.ts'

// The one writer of cache.sqlite: parses pages beside the database, so that neither main nor core ever waits for either.
const { location } = workerData as CacheThreadData
if (parentPort === null) throw new Error('The cache worker runs as a worker thread')
const writer = openCacheWriter(location)
// What reading a page needs to know of the server; told once we know who we speak to.
const context = { version: '', host: '' }
const methods = withPages(
  writer,
  {
    alerts: (bytes, request) => readAlertPage(bytes, request, context),
    observables: (bytes, request) => readObservablePage(bytes, request, context),
  },
  () => Date.now(),
)
serve(
  parentPort,
  Object.assign(methods, { serverIs: (server: typeof context) => void Object.assign(context, server) }),
)
