import { z } from 'zod'
import { attentionSchema } from '../model/attention.ts'
import { syncStatusSchema } from '../model/sync-status.ts'
import { call } from './define.ts'

const nothing = z.object({})

/** How the copy follows the server. */
export const syncCalls = {
  'sync.status': call(nothing, syncStatusSchema),
  'sync.now': call(nothing, z.null()),
  'sync.cancelFill': call(nothing, z.null()),
  'sync.resumeFill': call(nothing, z.null()),
  'sync.workOffline': call(z.object({ offline: z.boolean() }), z.null()),
  /** Told whenever it changes; a hint, never a source of truth. */
  'sync.attend': call(attentionSchema, z.null()),
  /** The network may be there again. */
  'sync.hint': call(nothing, z.null()),
} as const
