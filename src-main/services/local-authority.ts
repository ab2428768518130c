import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Operation } from '#shared/model/operation.ts'
import { nextMoment, nextOperation } from '../domain/next-operation.ts'
import { backoffMs } from '../sync/backoff.ts'
import type { OperationBook } from '../sync/operation-book.ts'
import type { Clock, SyncCache, SyncEvents } from '../sync/ports.ts'

type Parts = {
  book: OperationBook
  cache: Pick<SyncCache, 'settle'>
  catalog: () => Catalog
  clock: Clock
  events: Pick<SyncEvents, 'changed'>
  failed: (thrown: unknown) => void
  /** All that was due has taken hold. */
  succeeded: () => void
}

const idleMs = 60_000

/**
 * A local workspace has no server: once its undo window has passed, a decision takes hold with authority. One that cannot, because what
 * it is about is not there, waits for the analyst and holds up no other; what the disk refuses is tried again, less and less often.
 */
export function startLocalAuthority({ book, cache, catalog, clock, events, failed, succeeded }: Parts) {
  const closing = new AbortController()
  let wake = new AbortController()
  let failures = 0

  const settle = async (operation: Operation): Promise<Operation> => {
    try {
      // Settling twice equals settling once, so a crash between the two steps costs nothing.
      const { caseTemplates } = catalog()
      const twins = await cache.settle(operation.alertId, [book.resolved(operation)], caseTemplates)
      // What was decided about an observable that was there already is about the one that stays.
      book.mapIds(twins)
      return { ...operation, state: 'sent', receipt: { at: clock.now(), note: 'Kept in this workspace.' } }
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (!isRefusal(error)) throw error
      return { ...operation, state: 'rejected', lastError: toErrorData(error) }
    }
  }

  const settleDue = async () => {
    for (;;) {
      const operation = nextOperation(book.ours(), clock.now())
      if (operation === undefined) return
      book.save(await settle(operation))
      await book.refold(operation.alertId)
      events.changed([operation.alertId], 0)
    }
  }

  const tryAll = async () => {
    try {
      await settleDue()
      failures = 0
      succeeded()
    } catch (thrown) {
      failures += 1
      failed(thrown)
    }
  }

  const pauseMs = (): number => {
    if (failures > 0) return Math.min(idleMs, backoffMs(failures, clock.random()))
    const moment = nextMoment(book.ours())
    return moment === undefined ? idleMs : Math.min(idleMs, Math.max(20, moment - clock.now()))
  }

  const run = async () => {
    while (!closing.signal.aborted) {
      wake = new AbortController()
      await tryAll()
      await clock.sleep(pauseMs(), AbortSignal.any([wake.signal, closing.signal]))
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
