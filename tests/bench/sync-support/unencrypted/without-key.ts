import { workerData } from 'node:worker_threads'
import type { CacheThreadData } from '#main/core/messages.ts'

// Imported before a cache thread's own entry: the thread then opens a file without encryption. Only a measurement does this.
const { location } = workerData as CacheThreadData
location.keyHex = undefined
