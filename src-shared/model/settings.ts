import { z } from 'zod'

/** Seconds a decision rests before it is sent, or for as long as the analyst does not send it. */
export const undoWindowSchema = z.union([
  z.literal(0),
  z.number().int().min(3).max(60),
  z.literal('until-sent'),
])
export type UndoWindow = z.infer<typeof undoWindowSchema>

/** `automatic`: changes are asked for less often while nobody looks, and on a battery. `steady`: always as often. */
export const paces = ['automatic', 'steady'] as const
export type Pace = (typeof paces)[number]

/** What can be set, a profile each. Every setting has a default, so that an older file needs no upgrade. */
export const settingsSchema = z.object({
  undoWindow: undoWindowSchema.default(10),
  pace: z.enum(paces).default('automatic'),
  /** The line costs: changes are fetched when asked for and when something is sent, and nothing else is. */
  metered: z.boolean().default(false),
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsChangeSchema = z.object({
  undoWindow: undoWindowSchema.optional(),
  pace: z.enum(paces).optional(),
  metered: z.boolean().optional(),
})
export type SettingsChange = z.infer<typeof settingsChangeSchema>
