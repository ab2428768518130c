import type { Operation } from '#shared/model/operation.ts'
import type { OutboxCounts } from '#shared/model/sync-status.ts'
import { isAway } from './carried.ts'
import { needsAttention } from './next-operation.ts'

/** What waits, and why some of it is not sent by itself. */
export function outboxCounts(pending: readonly Operation[]): OutboxCounts {
  const stuck = pending.filter(needsAttention).length
  const exported = pending.filter((one) => isAway(one) && !needsAttention(one)).length
  return { waiting: pending.length, needAttention: stuck, exported }
}
