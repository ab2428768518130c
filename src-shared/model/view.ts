import { z } from 'zod'
import { filterSchema } from '../query/filter.ts'

/** A view of alerts that the server keeps (TheHive 5.6). */
export const serverViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Everybody in the organisation has it; otherwise it is the user's own. */
  shared: z.boolean(),
  /** The filter as the server stores it, JSON. */
  stored: z.string(),
  /** The same in Forager's own words; absent where it cannot be said, and then `reason` tells why. */
  filter: filterSchema.optional(),
  reason: z.string().optional(),
})
export type ServerView = z.infer<typeof serverViewSchema>
