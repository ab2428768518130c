import PQueue from 'p-queue'
import pRetry, { AbortError } from 'p-retry'
import type { Call } from '../decisions.ts'
import { inRealTime } from './real-time.ts'
import type { OpenQueue } from './real-time.ts'

const jobKey = (id: string): string => `job:${id}`

/** One at a time in their order, each tried until it is taken or refused for good, on the disk until then. */
const openQueue: OpenQueue = async ({ kept, send }) => {
  const queue = new PQueue({ concurrency: 1, autoStart: false })
  const jobs = (): Call[] =>
    [...kept.map].filter(([key]) => key.startsWith('job:')).map(([, text]) => JSON.parse(text) as Call)
  const run = async (job: Call): Promise<void> => {
    // With endless tries, what comes out of it is a refusal.
    await pRetry(() => send(job, job.id), { retries: Infinity, maxTimeout: 60_000 }).catch(() => undefined)
    kept.map.delete(jobKey(job.id))
    kept.save()
  }
  const enqueue = (job: Call): void => void queue.add(() => run(job))
  jobs().forEach(enqueue)
  return {
    waiting: async () => jobs().map(({ id }) => id),
    add: async (job) => {
      kept.map.set(jobKey(job.id), JSON.stringify(job))
      kept.save()
      enqueue(job)
    },
    goOnline: () => void queue.start(),
    close: () => queue.clear(),
  }
}

export const plainQueue = inRealTime('p-queue and p-retry', openQueue, (words) => new AbortError(words))
