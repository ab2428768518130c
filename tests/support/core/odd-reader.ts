import { parentPort, threadId } from 'node:worker_threads'
import { serve } from '#main/core/rpc.ts'
import type { QueueCounts } from '#shared/model/queue-row.ts'

/** A reader as it is on a bad day, in a thread of its own. Whatever it answers says which thread it was. */
export const oddReader = {
  /** Searches until its thread is ended. */
  order: () => {
    for (;;);
  },
  /** Dies of it, as of a lack of memory. */
  titles: () => {
    setImmediate(() => {
      throw new Error('no memory is left')
    })
    return new Promise(() => undefined)
  },
  /** Fails, and lives on. */
  detail: () => Promise.reject(new Error('it is not there')),
  searchCases: () => [threadId],
  counts: () => ({ thread: threadId }) as unknown as QueueCounts,
}
if (parentPort !== null) serve(parentPort, oddReader)
