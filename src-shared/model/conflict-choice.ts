import { z } from 'zod'

/** What becomes of one field both sides changed: ours goes over theirs, theirs stays, or something else takes their place. */
export const conflictChoiceSchema = z.union([
  z.literal('mine'),
  z.literal('theirs'),
  z.object({ edit: z.unknown() }),
])
export type ConflictChoice = z.infer<typeof conflictChoiceSchema>

/** Their values, by field, as the analyst saw them when choosing. */
export const seenTheirsSchema = z.record(z.string(), z.unknown())
export type SeenTheirs = z.infer<typeof seenTheirsSchema>
