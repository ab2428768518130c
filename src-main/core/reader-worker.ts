import { parentPort, workerData } from 'node:worker_threads'
import { openCacheReader } from '../store/cache-reader.ts'
import type { ReaderThreadData } from './messages.ts'
import { serve } from './rpc.ts'

// Answers lists and details from a snapshot; may be ended and started again at any time.
const { location } = workerData as ReaderThreadData
if (parentPort === null) throw new Error('The reader runs as a worker thread')
serve(parentPort, openCacheReader(location))
