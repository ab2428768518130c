import type { AuditEntry } from '../thehive/port.ts'
import { refreshAlert } from './kinds/refresh.ts'
import { isOfOneThing } from './one-by-one.ts'
import type { AskedFor, OneByOne } from './one-by-one.ts'
import type { ReconcileContext } from './round-context.ts'
import { since as sinceStamp } from './server-time.ts'
import { withStale } from './stale-alerts.ts'
import { changeState, syncStateOf } from './sync-state.ts'

/** So many suspects are asked for each round, one by one. */
const askedAtOnce = 100
/** The trail is read with an overlap: cases dealt with are remembered for that long, and longer. */
const casesRemembered = 200

/**
 * What the server's own trail says was deleted: alerts become suspects, the alerts of a deleted case are fetched anew. Answers
 * whether there is such a trail.
 */
export async function readDeletions(context: ReconcileContext): Promise<boolean> {
  const { server, cache, clock, signal } = context
  const { deletionsSeen, casesGone } = syncStateOf(await cache.marks())
  const since = sinceStamp(deletionsSeen, context)
  const alerts = await server.deletedAlerts(since, signal)
  const cases = alerts && (await server.deletedCases(since, signal))
  if (alerts === undefined || cases === undefined) return false
  const told = alerts.map(({ objectId, at }) => ({ id: objectId, at }))
  if (told.length > 0) await cache.suspectDeleted(told, clock.now())
  const fresh = cases.map(({ objectId }) => objectId).filter((id) => !casesGone.includes(id))
  if (fresh.length > 0) await cache.markCasesGone(fresh)
  const freed = fresh.length === 0 ? [] : await cache.alertsOfCases(fresh)
  const newest = latest(deletionsSeen, [...alerts, ...cases])
  if (newest !== deletionsSeen || fresh.length > 0)
    await changeState(cache, (state) => ({
      ...withStale(state, freed),
      deletionsSeen: newest,
      casesGone: [...casesGone, ...fresh].slice(-casesRemembered),
    }))
  return true
}

const latest = (known: number, entries: readonly AuditEntry[]): number =>
  entries.reduce((newest, { at }) => Math.max(newest, at), known)

/** Asks for suspects one by one: who is not shown is marked, who is loses the suspicion. Answers who was asked for. */
export async function confirmSuspects(context: ReconcileContext, oneByOne: OneByOne): Promise<AskedFor> {
  const { cache, now, urgent } = context
  const ids = await cache.suspects(askedAtOnce)
  return oneByOne({
    ...{ ids, most: askedAtOnce, isItsOwn: isOfOneThing, now, stopped: urgent },
    ask: async (id) => void (await refreshAlert(id, { ...context, pending: context.book })),
  })
}
