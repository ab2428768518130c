import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { outboxCounts } from '../domain/outbox-counts.ts'
import { systemClock } from '../platform/clock.ts'
import { startLocalAuthority } from '../services/local-authority.ts'
import type { Driver } from '../sync/driver.ts'
import type { OperationBook } from '../sync/operation-book.ts'
import type { SyncCache, SyncEvents } from '../sync/ports.ts'

/** A workspace without a server: nothing to pull, nobody to wait for. */
export function startLocalDriver(parts: {
  book: OperationBook
  cache: Pick<SyncCache, 'settle'>
  catalog: () => Catalog
  events: SyncEvents
}): Driver {
  let problem: SyncStatus['problem']
  const status = (): SyncStatus => ({
    connection: 'local',
    setAside: 0,
    ...outboxCounts(parts.book.all()),
    ...(problem !== undefined && { problem }),
  })
  const failed = (thrown: unknown) => {
    problem = toErrorData(asForagerError(thrown))
    parts.events.status(status())
  }
  const succeeded = () => {
    if (problem === undefined) return
    problem = undefined
    parts.events.status(status())
  }
  const authority = startLocalAuthority({ ...parts, clock: systemClock, failed, succeeded })
  const nothing = () => undefined
  return {
    status,
    wake: authority.wake,
    lookAt: () => Promise.resolve(),
    lookAtCase: () => Promise.resolve(),
    ask: () => Promise.reject(new ForagerError('rejected', 'A local workspace has no server to ask.')),
    whileStill: (work) => Promise.resolve().then(() => work(0)),
    syncNow: authority.wake,
    hint: nothing,
    attend: nothing,
    power: nothing,
    adopt: nothing,
    workOffline: nothing,
    cancelFill: nothing,
    resumeFill: nothing,
    leave: nothing,
    close: authority.close,
  }
}
