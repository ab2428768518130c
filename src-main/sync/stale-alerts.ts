import { refreshObservables } from './kinds/refresh.ts'
import type { ReconcileContext } from './round-context.ts'
import { changeState, syncStateOf } from './sync-state.ts'
import type { SyncState } from './sync-state.ts'

/** More than these are forgotten: opening an alert fetches it in any case. */
const mostStale = 5_000
/** So many are fetched each round. */
const refreshedAtOnce = 10

/** The alerts that wait to be fetched, with these behind them. */
export const withStale = ({ stale }: SyncState, ids: readonly string[]): Pick<SyncState, 'stale'> => ({
  stale: [...new Set([...stale, ...ids])].slice(0, mostStale),
})

/** Fetches a few of them with their observables; answers which. */
export async function refreshStale(context: ReconcileContext): Promise<string[]> {
  const { cache, urgent } = context
  const { stale } = syncStateOf(await cache.marks())
  const done: string[] = []
  for (const id of stale.slice(0, refreshedAtOnce)) {
    if (urgent()) break
    await refreshObservables(id, { ...context, pending: context.book })
    done.push(id)
  }
  if (done.length > 0)
    await changeState(cache, (state) => ({ stale: state.stale.filter((id) => !done.includes(id)) }))
  return done
}
