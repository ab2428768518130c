import { z } from 'zod'

/**
 * A kept file that no decision speaks of: damage took the decision, or Forager ended before it was stored. It is never removed but at the
 * analyst's word.
 */
export const strayFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  sha256: z.string(),
  /** When it was taken in, ms since the epoch. */
  keptAt: z.number(),
})
export type StrayFile = z.infer<typeof strayFileSchema>
