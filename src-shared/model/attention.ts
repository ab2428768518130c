import { z } from 'zod'
import { filterSchema } from '../query/filter.ts'
import { queueSortSchema } from '../query/queue-sort.ts'

/** What the analyst looks at: it is brought up to date first. */
export const attentionSchema = z.object({
  /** The window can be seen. */
  visible: z.boolean(),
  alertId: z.string().optional(),
  caseId: z.string().optional(),
  /** The list in front. */
  view: z.object({ filter: filterSchema, sort: queueSortSchema }).optional(),
})
export type Attention = z.infer<typeof attentionSchema>
