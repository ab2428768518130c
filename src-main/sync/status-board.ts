import type { OutboxCounts, SyncStatus } from '#shared/model/sync-status.ts'
import { outboxCounts } from '../domain/outbox-counts.ts'
import { progressOf } from './fill-progress.ts'
import type { OperationBook } from './operation-book.ts'
import type { Clock, SyncEvents } from './ports.ts'
import type { SyncState } from './sync-state.ts'

/** A field that is undefined goes. */
export type StatusChange = { [K in keyof SyncStatus]?: SyncStatus[K] | undefined }

type BoardParts = {
  book: Pick<OperationBook, 'all'>
  events: Pick<SyncEvents, 'status'>
  clock: Pick<Clock, 'now'>
}

/** What the status line shows, told whenever it changes; what waits is counted when it is asked for. */
export function createStatusBoard(
  { book, events, clock }: BoardParts,
  { before, metered, offline }: { before: SyncState; metered: () => boolean; offline: () => boolean },
) {
  const still = { startedAt: clock.now(), rowsPerSecond: 0 }
  let facts: Omit<SyncStatus, keyof OutboxCounts | 'metered'> = {
    connection: 'connecting',
    setAside: 0,
    ...(before.lastSuccessAt !== undefined && { lastSuccessAt: before.lastSuccessAt }),
    // A copy that was paused stays so, and can be resumed, from the start.
    ...(before.cancelled && { fill: progressOf('cancelled', before, still) }),
  }
  const now = (): SyncStatus => ({
    ...facts,
    // The analyst's word holds from the moment it is given: a round under way may still end.
    ...(offline() && { connection: 'working-offline' }),
    ...(metered() && { metered: true }),
    ...outboxCounts(book.all()),
  })
  return {
    now,
    tell(change: StatusChange): void {
      const merged = Object.entries({ ...facts, ...change }).filter(([, value]) => value !== undefined)
      facts = Object.fromEntries(merged) as typeof facts
      events.status(now())
    },
  }
}

export type StatusBoard = ReturnType<typeof createStatusBoard>
