import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { filterSchema } from '../query/filter.ts'

/** What is to be taken along. */
export const packPlanSchema = z.object({
  views: z
    .array(z.object({ name: z.string().min(1).max(200), filter: filterSchema }))
    .min(1)
    .max(50),
  /** Alerts not older than so many days; 0: of any age. */
  days: z.number().int().min(0).max(365),
  /** What the server counts as similar: two more requests an alert. */
  similar: z.boolean(),
})
export type PackPlan = z.infer<typeof packPlanSchema>

/** `waiting`: the server cannot be asked just now; it goes on by itself. */
export const packStates = ['none', 'packing', 'waiting', 'paused', 'ready'] as const

/** How far it is. Every alert is one of ready, missing or stale. */
export const packStatusSchema = z.object({
  state: z.enum(packStates),
  plan: packPlanSchema.optional(),
  alerts: z.number(),
  ready: z.number(),
  /** Never fetched whole. */
  missing: z.number(),
  /** Fetched, and changed since or too long ago. */
  stale: z.number(),
  /** The server did not give these; they are among missing or stale. */
  failed: z.number(),
  /** Files hanging on these alerts: they stay on the server. */
  files: z.object({ count: z.number(), bytes: z.number() }),
  /** There are more alerts than are taken along. */
  cut: z.boolean(),
  problem: errorDataSchema.optional(),
  checkedAt: z.number().optional(),
})
export type PackStatus = z.infer<typeof packStatusSchema>

export const noPack: PackStatus = {
  ...{ state: 'none', alerts: 0, ready: 0, missing: 0, stale: 0, failed: 0 },
  ...{ files: { count: 0, bytes: 0 }, cut: false },
}
