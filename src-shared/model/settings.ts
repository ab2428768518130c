import { z } from 'zod'

/** Seconds a decision rests before it is sent, or for as long as the analyst does not send it. */
export const undoWindowSchema = z.union([
  z.literal(0),
  z.number().int().min(3).max(60),
  z.literal('until-sent'),
])
export type UndoWindow = z.infer<typeof undoWindowSchema>

/** What can be set, a profile each. Every setting has a default, so that an older file needs no upgrade. */
export const settingsSchema = z.object({
  undoWindow: undoWindowSchema.default(10),
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsChangeSchema = z.object({
  undoWindow: undoWindowSchema.optional(),
})
export type SettingsChange = z.infer<typeof settingsChangeSchema>
