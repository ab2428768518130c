import type { Session } from '#shared/model/session.ts'
import { massLimits, passesApartMs } from '../domain/missing-alerts.ts'
import type { PageCursor, PageRequest } from '../domain/page.ts'
import type { ReconcileContext } from './round-context.ts'
import { serverNow, timedBy } from './server-time.ts'
import { withStale } from './stale-alerts.ts'
import { changeState, syncStateOf } from './sync-state.ts'
import type { SweepState } from './sync-state.ts'

/** Ids a page. TheHive 3 cannot send ids alone, so its pages are small. */
const pageRows = (flavour: Session['flavour']): number => (flavour === 'thehive3' ? 200 : 1_000)
/** Where no trail tells of deletions, a pass starts this long after the one before, ms. */
export const passEveryMs = 1_800_000
/** How often the server's count is compared with ours, ms. */
export const countEveryMs = 300_000

/** What one step found: alerts that are shown again, alerts that had no copy here. */
export type SweepStep = { changed: string[]; arrived: number }
const nothing: SweepStep = { changed: [], arrived: 0 }

/** One page of the pass under way, or the decision to begin one; at most three requests, so that nothing waits for it. */
export async function sweepStep(context: ReconcileContext, audited: boolean): Promise<SweepStep> {
  const { cache, clock } = context
  const { sweep } = syncStateOf(await cache.marks())
  if (sweep.pass !== undefined) return takePage(context, sweep.pass)
  if (!(await isDue(context, sweep, audited))) return nothing
  const pass = { startedAt: clock.now() }
  await cache.beginSweep()
  await changeState(cache, (state) => ({ sweep: { ...state.sweep, pass } }))
  return takePage(context, pass)
}

async function isDue(context: ReconcileContext, sweep: SweepState, audited: boolean): Promise<boolean> {
  const { cache, clock } = context
  const now = clock.now()
  if (sweep.endedAt === undefined) {
    await changeState(cache, (state) => ({ sweep: { ...state.sweep, endedAt: now, countedAt: now } }))
    return false
  }
  // A clock set back must not postpone a pass by years.
  const since = Math.abs(now - sweep.endedAt)
  if (sweep.waiting) return since >= passesApartMs
  if (!audited && since >= passEveryMs) return true
  if (Math.abs(now - (sweep.countedAt ?? 0)) < countEveryMs) return false
  return countDiffers(context, sweep)
}

/**
 * A count is a reason to look, never to believe: it may be short (api.md §6.1), and what a full pass could not explain stays
 * unexplained. A few more than ours have just come in.
 */
async function countDiffers({ server, cache, clock, signal }: ReconcileContext, { off }: SweepState) {
  const counted = await server.countAlerts(signal)
  const more = counted === undefined ? off : counted - (await cache.expectedCount())
  const now = more !== undefined && more > 0 && more <= massLimits.alerts ? 0 : more
  await changeState(cache, (state) => ({
    sweep: { ...state.sweep, countedAt: clock.now(), ...(now !== undefined && { off: now }) },
  }))
  return off !== undefined && now !== off
}

type Pass = NonNullable<SweepState['pass']>

async function takePage(context: ReconcileContext, pass: Pass): Promise<SweepStep> {
  const { server, cache, clock, signal } = context
  const limit = pageRows(server.session.flavour)
  const { ids, next } = await server.alertIdPage({ cursor: pass.cursor, limit }, signal)
  const { back, unknown } = await cache.sweepPage(ids)
  const found = unknown === 0 ? nothing : await storePage(context, { cursor: pass.cursor, limit })
  if (next === undefined) {
    const at = clock.now()
    const { missing, due } = await cache.endSweep({ startedAt: pass.startedAt, at })
    const sweep = { endedAt: at, countedAt: at, waiting: missing > due }
    await changeState(cache, (state) => ({ ...withStale(state, back), sweep }))
  } else {
    // What was hidden may have changed meanwhile, with stamps that following has passed by.
    await changeState(cache, (state) => ({
      ...withStale(state, back),
      sweep: { ...state.sweep, pass: { ...pass, cursor: next } },
    }))
  }
  return { changed: [...back, ...found.changed], arrived: found.arrived }
}

/** The same page in full: alerts that became visible, or that no stamp ever told of. */
async function storePage(
  { server, cache, book, clock, signal }: ReconcileContext,
  { cursor, limit }: { cursor: PageCursor | undefined; limit: number },
): Promise<SweepStep> {
  const request: PageRequest = { field: 'createdAt', direction: 'asc', cursor, limit }
  const { token } = await cache.readPage('alert', await server.alertPage(request, signal), request)
  const there = serverNow(timedBy({ server, clock }))
  const { changed, arrived, underPending } = await cache.ingestPage(token, there)
  book.noteServerState(underPending)
  const gaps = await cache.observableGaps(changed)
  await changeState(cache, (state) => withStale(state, gaps))
  return { changed, arrived }
}
