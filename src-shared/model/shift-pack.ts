import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { filterSchema } from '../query/filter.ts'

const mega = 1_000_000
/** The largest file that is taken along, bytes. */
const largestTaken = 1_000 * mega
/** What the largest file taken along may be, bytes; 0: none. */
export const fileLimits = [0, mega, 10 * mega, 100 * mega] as const

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
  /** Files up to this size come along, in bytes; 0: they stay on the server. */
  filesUpTo: z.number().int().min(0).max(largestTaken).default(0),
})
export type PackPlan = z.infer<typeof packPlanSchema>

/** `waiting`: the server cannot be asked just now; it goes on by itself. */
export const packStates = ['none', 'packing', 'waiting', 'paused', 'ready'] as const

export const packedFilesSchema = z.object({
  count: z.number(),
  bytes: z.number(),
  /** They stay on the server: too large, or none are wanted. */
  left: z.number(),
  /** Different ones to take along; of those, how many are here, and how many the server did not give. */
  wanted: z.number(),
  kept: z.number(),
  failed: z.number(),
})

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
  /** Files hanging on these alerts. */
  files: packedFilesSchema,
  /** There are more alerts than are taken along. */
  cut: z.boolean(),
  problem: errorDataSchema.optional(),
  checkedAt: z.number().optional(),
})
export type PackStatus = z.infer<typeof packStatusSchema>

export const noPack: PackStatus = {
  ...{ state: 'none', alerts: 0, ready: 0, missing: 0, stale: 0, failed: 0 },
  files: { count: 0, bytes: 0, left: 0, wanted: 0, kept: 0, failed: 0 },
  cut: false,
}
