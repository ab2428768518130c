import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { conflictChoiceSchema, seenTheirsSchema } from '../model/conflict-choice.ts'
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
  /**
   * Drops one on the analyst's word, never on a failure's, and what was built on it: `together` are those they were told of.
   * Refused while it may be on its way, or when more falls with it than was said.
   */
  'outbox.drop': call(z.object({ id: z.string(), together: z.array(z.string()).default([]) }), counted),
  'outbox.retry': call(z.object({ id: z.string() }), z.null()),
  /**
   * A choice for each field in conflict. `conflict` when the server has something else by now than was `seen`: then the new
   * values are in the list.
   */
  'outbox.resolve': call(
    z.object({
      id: z.string(),
      seen: seenTheirsSchema,
      choices: z.record(z.string(), conflictChoiceSchema),
    }),
    z.null(),
  ),
  /** The same choice for every field of many. What it cannot be made for is left, each with its reason. */
  'outbox.resolveMany': call(
    z.object({
      take: z.enum(['mine', 'theirs']),
      conflicts: z
        .array(z.object({ id: z.string(), seen: seenTheirsSchema }))
        .min(1)
        .max(10_000),
    }),
    z.object({
      settled: z.number(),
      left: z.array(z.object({ id: z.string(), problem: errorDataSchema })),
    }),
  ),
  /** Nothing of these is sent until the analyst says so; answers how many wait now. */
  'outbox.hold': call(z.object({ ids }), counted),
  /** These are no longer on hold: they may be sent when their turn comes. */
  'outbox.resume': call(z.object({ ids }), counted),
  /** These, and whatever they wait for, may be sent now; answers how many that are. */
  'outbox.send': call(z.object({ ids }), counted),
  /** Past its neighbour in the plan. Refused with the reason where the order has a meaning. */
  'outbox.move': call(z.object({ id: z.string(), direction: z.enum(['up', 'down']) }), z.null()),
  /** Ends all undo windows and holds now. */
  'outbox.sendNow': call(z.object({}), z.null()),
} as const
