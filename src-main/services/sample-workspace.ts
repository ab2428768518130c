import type { CacheWriter } from '../store/ports.ts'
import type { SyncCache } from '../sync/ports.ts'
import { sampleData } from './sample/sample-alerts.ts'

type Cache = Pick<SyncCache, 'marks' | 'saveMarks' | 'ingestAlerts' | 'upsertCases'> & {
  ingestObservables: (...args: Parameters<CacheWriter['ingestObservables']>) => Promise<unknown>
}

/** Puts the sample queue into a workspace that has none yet; work done there later stays. */
export async function fillWithSample(cache: Cache, now: number): Promise<void> {
  if ((await cache.marks()).fill === 'done') return
  const { alerts, observables, cases } = sampleData(now)
  await cache.ingestAlerts(alerts, now)
  await cache.ingestObservables(observables)
  await cache.upsertCases(cases)
  await cache.saveMarks({ fill: 'done', state: {} })
}
