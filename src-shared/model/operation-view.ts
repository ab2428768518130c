import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import {
  carriedSchema,
  fieldConflictSchema,
  goneSchema,
  operationKinds,
  operationStates,
  receiptSchema,
} from './operation.ts'
import type { OperationKind } from './operation.ts'

const side = z.string().optional()

/** One field both sides changed; `words` where a value is the id of something that has a name. */
export const conflictViewSchema = fieldConflictSchema.extend({
  words: z.object({ base: side, mine: side, theirs: side }).optional(),
})
export type ConflictView = z.infer<typeof conflictViewSchema>

/** A line of the outbox, in words. */
export const operationViewSchema = z.object({
  id: z.string(),
  groupId: z.string(),
  kind: z.enum(operationKinds as [OperationKind, ...OperationKind[]]),
  sentence: z.string(),
  alertId: z.string(),
  alertTitle: z.string(),
  state: z.enum(operationStates),
  createdAt: z.number(),
  attempts: z.number(),
  /** When the first byte of the first attempt may have left. */
  firstSentAt: z.number().optional(),
  notBefore: z.number(),
  dependsOn: z.array(z.string()),
  /** What is still to be sent before it: what it was built on, and earlier decisions about the same alert or case. */
  waitsFor: z.array(z.string()),
  /** Of those, the one it is shown beneath. */
  under: z.string().optional(),
  lastError: errorDataSchema.optional(),
  /** What it was about and the server does not show any more. */
  gone: goneSchema.optional(),
  conflicts: z.array(conflictViewSchema).optional(),
  receipt: receiptSchema.optional(),
  carried: carriedSchema.optional(),
  /** True until a first byte may have left. */
  undoable: z.boolean(),
  /** It can be changed as it stands now. */
  editable: z.boolean(),
})

/** One thing a decision sets, in words. */
export const changeWordsSchema = z.object({
  name: z.string(),
  before: z.string().optional(),
  after: z.string(),
})
export type ChangeWords = z.infer<typeof changeWordsSchema>

export type OperationView = z.infer<typeof operationViewSchema>
