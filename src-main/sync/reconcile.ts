import { asForagerError } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { sweepStep } from './deletion-sweep.ts'
import { createOneByOne, isOfOneThing, isResting, laterMs } from './one-by-one.ts'
import type { ReconcileContext } from './round-context.ts'
import { refreshStale } from './stale-alerts.ts'
import { confirmSuspects, readDeletions } from './told-deletions.ts'
import { askedMs } from './reconnect.ts'

/** `problem`: the server did not answer as it should; the next try follows later, and the connection is as good as before. */
export type Reconciled = { changed: Set<string>; arrived: number; problem?: ForagerError | undefined }

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
  const trail = createOneByOne()
  const alerts = createOneByOne()
  let told = true
  let failures = 0

  /** A trail that fails is left alone for a while; from the second time on the sweep does without it. */
  const askTrail = async (context: ReconcileContext): Promise<ForagerError | undefined> => {
    const { asked, problem } = await trail({
      ...{ ids: ['deletions'], most: 1, isItsOwn: isOfOneThing, now: context.now, stopped: context.urgent },
      ask: async () => {
        told = await isTold(context)
      },
    })
    if (asked.length > 0) failures = 0
    if (problem !== undefined) failures += 1
    return problem
  }

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

  return async function reconcile(context: ReconcileContext): Promise<Reconciled> {
    const done: Reconciled = { changed: new Set(), arrived: 0 }
    const add = (ids: readonly string[]) => ids.forEach((id) => done.changed.add(id))
    if (context.urgent() || isResting(notBefore, context.now())) return done
    try {
      done.problem = await askTrail(context)
      for (const next of [confirmSuspects, refreshStale]) {
        const { asked, problem } = await next(context, alerts)
        add(asked)
        done.problem ??= problem
      }
      if (context.urgent()) return done
      const { changed, arrived } = await sweepStep(context, told && failures < 2)
      add(changed)
      return { ...done, arrived }
    } catch (thrown) {
      const problem = asForagerError(thrown)
      if (ofConnection.has(problem.kind) || askedMs(problem) !== undefined) throw thrown
      notBefore = context.now() + laterMs
      return { ...done, problem }
    }
  }
}
