import { z } from 'zod'
import { packPlanSchema, packStatusSchema } from '../model/shift-pack.ts'
import { call } from './define.ts'

const nothing = z.object({})

/** Taking a part of the queue along, with all that hangs on it. */
export const packCalls = {
  'pack.status': call(nothing, packStatusSchema),
  /** What a plan would come to, by what is here already; nothing is fetched or stored. */
  'pack.measure': call(packPlanSchema, packStatusSchema),
  /** The plan is on the disk when it answers; fetching goes on. */
  'pack.start': call(packPlanSchema, packStatusSchema),
  'pack.pause': call(nothing, packStatusSchema),
  /** Goes on, or looks again for what is missing or old. */
  'pack.resume': call(nothing, packStatusSchema),
  /** Forgets the plan; what was fetched stays. */
  'pack.forget': call(nothing, packStatusSchema),
} as const
