import { parentPort, workerData } from 'node:worker_threads'
import { yieldToOthers } from '../platform/yield-to-others.ts'
import { pageReadersOf } from '../thehive/page-readers.ts'
import type { PageServer } from '../thehive/page-readers.ts'
import type { PageThreadData } from './messages.ts'
import { pageThread } from './page-thread.ts'
import type { PageThread } from './page-thread.ts'
import { serve } from './rpc.ts'

// Parses pages and makes their rows ready beside the thread that stores them, so that each has a processor of its own.
yieldToOthers()
const { pages } = workerData as PageThreadData
if (parentPort === null) throw new Error('The page worker runs as a worker thread')
// Told once we know who we speak to.
const context: PageServer = { flavour: 'thehive5', version: '', host: '' }
const reading = pageThread(
  {
    alerts: (bytes, request) => pageReadersOf(context.flavour).alerts(bytes, request, context),
    observables: (bytes, request) => pageReadersOf(context.flavour).observables(bytes, request, context),
  },
  pages,
)
const methods: PageThread = { ...reading, serverIs: (server) => void Object.assign(context, server) }
serve(parentPort, methods)
