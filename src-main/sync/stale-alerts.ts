import { refreshObservables } from './kinds/refresh.ts'
import { isOfOneThing } from './one-by-one.ts'
import type { AskedFor, OneByOne } from './one-by-one.ts'
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
export async function refreshStale(context: ReconcileContext, oneByOne: OneByOne): Promise<AskedFor> {
  const { cache, now, urgent } = context
  const { stale } = syncStateOf(await cache.marks())
  const done = await oneByOne({
    ...{ ids: stale, most: refreshedAtOnce, isItsOwn: isOfOneThing, now, stopped: urgent },
    ask: async (id) => void (await refreshObservables(id, { ...context, pending: context.book })),
  })
  const asked = new Set(done.asked)
  if (asked.size > 0)
    await changeState(cache, (state) => ({ stale: state.stale.filter((id) => !asked.has(id)) }))
  return done
}
