import { z } from 'zod'
import { operationViewSchema } from '../model/operation-view.ts'
import { call } from './define.ts'

const ids = z.array(z.string()).min(1).max(10_000)
const counted = z.object({ count: z.number() })

/** What waits to be sent, as a plan that can be steered, and what was sent. */
export const outboxCalls = {
  'outbox.list': call(
    z.object({ receipts: z.number().int().min(0).max(1_000) }),
    z.array(operationViewSchema),
  ),
  /** Before sending only; answers how many operations were taken back. */
  'outbox.undo': call(z.object({ groupId: z.string() }), counted),
  /** Drops what needs attention (rejected, conflict, cannot-tell): the analyst's word, never a failure's. */
  'outbox.drop': call(z.object({ id: z.string() }), z.null()),
  'outbox.retry': call(z.object({ id: z.string() }), z.null()),
  'outbox.resolve': call(z.object({ id: z.string(), choice: z.enum(['mine', 'theirs']) }), z.null()),
  /** Nothing of these is sent until the analyst says so; answers how many wait now. */
  'outbox.hold': call(z.object({ ids }), counted),
  /** These, and whatever they wait for, may be sent now; answers how many that are. */
  'outbox.send': call(z.object({ ids }), counted),
  /** Ends all undo windows and holds now. */
  'outbox.sendNow': call(z.object({}), z.null()),
} as const
