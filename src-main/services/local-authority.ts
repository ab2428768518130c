import type { Operation } from '#shared/model/operation.ts'
import { nextMoment, nextOperation } from '../domain/next-operation.ts'
import type { OperationBook } from '../sync/operation-book.ts'
import type { Clock, SyncCache, SyncEvents } from '../sync/ports.ts'

type Parts = {
  book: OperationBook
  cache: Pick<SyncCache, 'settle'>
  clock: Clock
  events: Pick<SyncEvents, 'changed'>
  failed: (thrown: unknown) => void
}

const idleMs = 60_000

/** A local workspace has no server: once its undo window has passed, a decision takes hold with authority. */
export function startLocalAuthority({ book, cache, clock, events, failed }: Parts) {
  const closing = new AbortController()
  let wake = new AbortController()

  const settleDue = async () => {
    for (;;) {
      const operation = nextOperation(book.ours(), clock.now())
      if (operation === undefined) return
      // Settling twice equals settling once, so a crash between the two steps costs nothing.
      await cache.settle(operation.alertId, [operation])
      const receipt = { at: clock.now(), note: 'Kept in this workspace.' }
      book.save({ ...operation, state: 'sent', receipt } as Operation)
      await book.refold(operation.alertId)
      events.changed([operation.alertId], 0)
    }
  }

  const run = async () => {
    while (!closing.signal.aborted) {
      wake = new AbortController()
      await settleDue().catch(failed)
      const moment = nextMoment(book.ours())
      const rest = moment === undefined ? idleMs : Math.min(idleMs, Math.max(20, moment - clock.now()))
      await clock.sleep(rest, AbortSignal.any([wake.signal, closing.signal]))
    }
  }
  const loop = run()
  return {
    wake: () => wake.abort(),
    close: async () => {
      closing.abort()
      await loop
    },
  }
}
