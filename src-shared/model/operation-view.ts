import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { fieldConflictSchema, operationKinds, operationStates, receiptSchema } from './operation.ts'
import type { OperationKind } from './operation.ts'

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
  notBefore: z.number(),
  dependsOn: z.array(z.string()),
  lastError: errorDataSchema.optional(),
  conflicts: z.array(fieldConflictSchema).optional(),
  receipt: receiptSchema.optional(),
  /** True until a first byte may have left. */
  undoable: z.boolean(),
})
export type OperationView = z.infer<typeof operationViewSchema>
