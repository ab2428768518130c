import { z } from 'zod'
import { errorKinds } from './error-kinds.ts'

/** An error as it crosses IPC: what happened, what Forager did about it, what the analyst can do. */
export const errorDataSchema = z.object({
  kind: z.enum(errorKinds),
  /** What happened, in words for an analyst. */
  message: z.string(),
  /** What Forager did about it. */
  did: z.string().optional(),
  /** What the analyst can do. */
  next: z.string().optional(),
  /** Safe facts only: never a credential, never a body. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})

export type ErrorData = z.infer<typeof errorDataSchema>
