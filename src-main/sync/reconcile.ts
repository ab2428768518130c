import { asForagerError } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { sweepStep } from './deletion-sweep.ts'
import type { ReconcileContext } from './round-context.ts'
import { refreshStale } from './stale-alerts.ts'
import { confirmSuspects, readDeletions } from './told-deletions.ts'
import { askedMs } from './reconnect.ts'

/** `problem`: the server did not answer as it should; the next try follows later, and the connection is as good as before. */
export type Reconciled = { changed: Set<string>; arrived: number; problem?: ForagerError }

/** After a failure the server is left in peace for so long, ms. */
const laterMs = 300_000

/** These are the connection's affair, and end the round; so does any wish for a pause. */
const ofConnection: ReadonlySet<string> = new Set([
  'offline',
  'tls',
  'unauthorised',
  'rate-limited',
  'cancelled',
])
/** The server does not let us read its trail: it is as if it kept none. */
const untold: ReadonlySet<string> = new Set(['forbidden', 'rejected', 'not-found'])

/**
 * Keeps the copy true where no stamp tells of a change: deletions, hidden alerts, children that went. A little each round, after
 * everything that somebody waits for. One for each engine: it remembers what a connection refused.
 */
export function createReconciler() {
  let untoldBy: TheHiveServer | undefined
  let notBefore = 0

  const isTold = async (context: ReconcileContext): Promise<boolean> => {
    if (untoldBy === context.server) return false
    try {
      return await readDeletions(context)
    } catch (thrown) {
      if (!untold.has(asForagerError(thrown).kind)) throw thrown
      untoldBy = context.server
      return false
    }
  }

  /** A clock set back must not make the rest last for years. */
  const isResting = (now: number): boolean => now < notBefore && notBefore - now <= laterMs

  return async function reconcile(context: ReconcileContext): Promise<Reconciled> {
    const done: Reconciled = { changed: new Set(), arrived: 0 }
    const add = (ids: readonly string[]) => ids.forEach((id) => done.changed.add(id))
    if (context.urgent() || isResting(context.clock.now())) return done
    try {
      const audited = await isTold(context)
      add(await confirmSuspects(context))
      add(await refreshStale(context))
      if (context.urgent()) return done
      const { changed, arrived } = await sweepStep(context, audited)
      add(changed)
      return { ...done, arrived }
    } catch (thrown) {
      const problem = asForagerError(thrown)
      if (ofConnection.has(problem.kind) || askedMs(problem) !== undefined) throw thrown
      notBefore = context.clock.now() + laterMs
      return { ...done, problem }
    }
  }
}
