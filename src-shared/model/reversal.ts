import { z } from 'zod'

/** What can be put back of what was sent, and what stays. `id` names a step by what it does. */
export const reversalPlanSchema = z.object({
  steps: z.array(z.object({ id: z.string(), sentence: z.string(), title: z.string() })),
  left: z.array(z.object({ title: z.string(), reason: z.string() })),
})
export type ReversalPlan = z.infer<typeof reversalPlanSchema>
