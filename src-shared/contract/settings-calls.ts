import { z } from 'zod'
import { settingsChangeSchema, settingsSchema } from '../model/settings.ts'
import { call } from './define.ts'

/** What the analyst has set for the open connection or workspace. */
export const settingsCalls = {
  'settings.get': call(z.object({}), settingsSchema),
  /** Only the named settings change; answers all of them. On the disk when it answers. */
  'settings.save': call(settingsChangeSchema, settingsSchema),
} as const
