import { pullPages } from './pull-pages.ts'
import type { PulledEntity } from './pull-pages.ts'
import type { FollowContext } from './round-context.ts'
import { since } from './server-time.ts'
import { withStale } from './stale-alerts.ts'
import { syncStateOf } from './sync-state.ts'
import type { SyncState } from './sync-state.ts'

const pageRows = 500

const streams = [
  { entity: 'alert', field: 'createdAt', key: 'alertCreated' },
  { entity: 'alert', field: 'updatedAt', key: 'alertUpdated' },
  { entity: 'observable', field: 'createdAt', key: 'observableCreated' },
  { entity: 'observable', field: 'updatedAt', key: 'observableUpdated' },
] as const satisfies { entity: PulledEntity; field: 'createdAt' | 'updatedAt'; key: keyof SyncState }[]

/** What following brought: alerts whose shown state changed, and how many were never seen before. */
export type Followed = { changed: Set<string>; arrived: number }

/**
 * Reads everything created or updated since the last time, oldest first, one query a stamp. `mind` is asked between requests, and throws
 * where the round is over.
 */
export async function followChanges(context: FollowContext & { mind: () => void }): Promise<Followed> {
  const marks = await context.cache.marks()
  let state = syncStateOf(marks)
  const followed: Followed = { changed: new Set(), arrived: 0 }
  for (const { entity, field, key } of streams) {
    context.mind()
    let newest = state[key]
    const cursor = { stamp: since(newest, context), skip: 0 }
    await pullPages(
      entity,
      { field, direction: 'asc', cursor, limit: pageRows },
      context,
      ({ read, ingested }) => {
        newest = Math.max(newest, read.newest)
        followed.arrived += ingested.arrived
        for (const id of ingested.changed) followed.changed.add(id)
        context.book.noteServerState(ingested.underPending)
        if (read.next !== undefined) context.mind()
        return Promise.resolve('go-on')
      },
    )
    state = { ...state, [key]: newest }
  }
  const gaps = followed.changed.size === 0 ? [] : await context.cache.observableGaps([...followed.changed])
  state = { ...state, ...withStale(state, gaps), lastSuccessAt: context.now() }
  await context.cache.saveMarks({ fill: marks.fill, state })
  return followed
}
