import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Share, Word } from './history-worker.ts'

export type Failed = Extract<Word, { script: unknown }>
export type Histories = {
  runs: number
  decisions: number
  /** Values written over before anybody could know of them. */
  races: number
  kinds: Set<string>
  failed: Failed[]
}

/** More failures than these tell nothing new. */
const mostFailures = 5

/** Runs the histories of many seeds, a worker a core; stops early when enough went wrong. */
export async function runHistories(
  { seed, count, workers: most }: { seed: number; count: number; workers?: number | undefined },
  progress: (runs: number) => void,
): Promise<Histories> {
  const all: Histories = { runs: 0, decisions: 0, races: 0, kinds: new Set(), failed: [] }
  const stride = Math.max(1, Math.min(most ?? availableParallelism(), count))
  const workers = Array.from({ length: stride }, (_, index): Share => {
    return { from: seed + index, to: seed + count, stride }
  }).map((share) => new Worker(new URL('./history-worker.ts', import.meta.url), { workerData: share }))
  const note = (word: Word): void => {
    if ('script' in word) {
      all.failed.push(word)
      console.log(`  seed ${word.script.seed} went wrong: ${word.finding.kind}`)
      if (all.failed.length >= mostFailures) for (const worker of workers) void worker.terminate()
      return
    }
    all.runs += word.done
    all.decisions += word.decisions
    all.races += word.races
    for (const kind of word.kinds) all.kinds.add(kind)
    progress(all.runs)
  }
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker.on('message', note)
          worker.on('error', reject)
          worker.on('exit', () => resolve())
        }),
    ),
  )
  return { ...all, runs: Math.max(all.runs, all.failed.length) }
}
