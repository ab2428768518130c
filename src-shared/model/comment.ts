import { z } from 'zod'

export const commentSchema = z.object({
  id: z.string(),
  message: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
  edited: z.boolean(),
  /** True while only this machine has it. */
  pending: z.boolean().optional(),
})
export type Comment = z.infer<typeof commentSchema>
