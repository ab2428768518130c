import { z } from 'zod'

/** A task of a case, read-only in Forager. `status` is the server's word: Waiting, InProgress, Completed, Cancel. */
export const taskSchema = z.object({
  id: z.string(),
  title: z.string(),
  group: z.string().optional(),
  status: z.string(),
  assignee: z.string().optional(),
  dueDate: z.number().optional(),
  mandatory: z.boolean(),
  order: z.number(),
})
export type Task = z.infer<typeof taskSchema>
