import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { conflictChoiceSchema, seenTheirsSchema } from '../model/conflict-choice.ts'
import { operationEditSchema } from '../model/operation-edit.ts'
import { changeWordsSchema, operationViewSchema } from '../model/operation-view.ts'
import { reversalPlanSchema } from '../model/reversal.ts'
import { decidedSchema } from './alert-calls.ts'
import { call } from './define.ts'

const ids = z.array(z.string()).min(1).max(10_000)
const counted = z.object({ count: z.number() })

/** What waits to be sent, as a plan that can be steered, and what was sent. */
export const outboxCalls = {
  'outbox.list': call(
    z.object({ receipts: z.number().int().min(0).max(1_000) }),
    z.array(operationViewSchema),
  ),
  /** All of one decision, waiting or sent: what it sets, how it can be changed, and what was built on it. */
  'outbox.get': call(
    z.object({ id: z.string() }),
    z.object({
      view: operationViewSchema,
      changes: z.array(changeWordsSchema),
      /** As it stands, for changing it; absent with `notEditable` when it cannot be. */
      edit: operationEditSchema.optional(),
      notEditable: z.string().optional(),
      dependents: z.array(operationViewSchema),
    }),
  ),
  /**
   * Changes a decision that waits; the same one, in its place. Refused once it is being sent. `before`: as it was when the edit began; what
   * became of it since stays, and `conflict` where that is in the same place.
   */
  'outbox.edit': call(
    z.object({ id: z.string(), edit: operationEditSchema, before: operationEditSchema.optional() }),
    z.null(),
  ),
  /** Receipts in which every word occurs, newest first; those behind `before`. */
  'outbox.receipts': call(
    z.object({
      text: z.string().max(512),
      limit: z.number().int().min(1).max(1_000),
      before: z.string().optional(),
    }),
    z.object({ found: z.array(operationViewSchema), more: z.boolean() }),
  ),
  /** Saves all receipts where the analyst says; the path is asked in the main process. Null: cancelled. */
  'outbox.exportReceipts': call(
    z.object({ format: z.enum(['jsonl', 'csv']) }),
    z.object({ path: z.string(), count: z.number() }).nullable(),
    { timeoutMs: 600_000 },
  ),
  /**
   * Writes all that waits to an encrypted file for another machine; on hold here from then on. The path is asked in the main
   * process. Null: cancelled. `missing` are kept files that cannot be read any more: their decisions went along without them.
   */
  'outbox.export': call(
    z.object({ passphrase: z.string().min(8).max(1_024) }),
    z
      .object({ path: z.string(), count: z.number(), files: z.number(), missing: z.array(z.string()) })
      .nullable(),
    { timeoutMs: 600_000 },
  ),
  /** Takes in what another machine exported, all of it or nothing. `known` were here already; `held` came on hold. */
  'outbox.import': call(
    z.object({ passphrase: z.string().min(1).max(1_024), paths: z.array(z.string()).length(1) }),
    z.object({
      count: z.number(),
      known: z.number(),
      held: z.number(),
      files: z.number(),
      exportedAt: z.number(),
    }),
    { timeoutMs: 600_000 },
  ),
  /** What can be put back of these receipts, and what cannot. Nothing is queued. */
  'outbox.reversal': call(z.object({ ids }), reversalPlanSchema),
  /** Queues these steps of that list as ordinary decisions; nothing when one of them is not so any more. */
  'outbox.reverse': call(
    z.object({ ids, steps: z.array(z.string()).min(1).max(10_000) }),
    z.object({ groupIds: z.array(z.string()), count: z.number() }),
  ),
  /** Before sending only; answers how many operations were taken back. */
  'outbox.undo': call(z.object({ groupId: z.string() }), counted),
  /**
   * Drops one on the analyst's word, never on a failure's, and what was built on it: `together` are those they were told of.
   * Refused while it may be on its way, or when more falls with it than was said.
   */
  'outbox.drop': call(z.object({ id: z.string(), together: z.array(z.string()).default([]) }), counted),
  /**
   * A decision about something on an alert that is gone meanwhile: its words are queued as a comment on the alert, and it is
   * dropped.
   */
  'outbox.keepAsComment': call(z.object({ id: z.string() }), decidedSchema),
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
    // Thousands are stored one after the other.
    { timeoutMs: 600_000 },
  ),
  /** Nothing of these is sent until the analyst says so; answers how many wait now. */
  'outbox.hold': call(z.object({ ids }), counted),
  /**
   * These are no longer on hold: they may be sent when their turn comes. `exported`: those that are in a file elsewhere, too; without
   * it they are refused.
   */
  'outbox.resume': call(z.object({ ids, exported: z.boolean().default(false) }), counted),
  /** These, and whatever they wait for, may be sent now; answers how many that are. */
  'outbox.send': call(z.object({ ids }), counted),
  /** Past its neighbour in the plan. Refused with the reason where the order has a meaning. */
  'outbox.move': call(z.object({ id: z.string(), direction: z.enum(['up', 'down']) }), z.null()),
  /** Ends all undo windows and holds now. */
  'outbox.sendNow': call(z.object({}), z.null()),
} as const
