import { z } from 'zod'
import type { SyncMarks } from '../store/ports.ts'

const cursorSchema = z.object({ stamp: z.number(), skip: z.number() })

/** Where pulling stands; kept in the cache, so it goes with the rows it speaks of. Server time, ms since the epoch. */
const syncStateSchema = z.object({
  /** Newest first: where the first fill goes on. `finished` when all pages of the entity are in. */
  alertsFill: z
    .object({ cursor: cursorSchema.optional(), finished: z.boolean() })
    .default({ finished: false }),
  observablesFill: z
    .object({ cursor: cursorSchema.optional(), finished: z.boolean() })
    .default({ finished: false }),
  rows: z.number().default(0),
  total: z.number().optional(),
  cancelled: z.boolean().default(false),
  /** Changes at or after these stamps are still to be seen, by entity and stamp. */
  alertCreated: z.number().default(0),
  alertUpdated: z.number().default(0),
  observableCreated: z.number().default(0),
  observableUpdated: z.number().default(0),
  lastSuccessAt: z.number().optional(),
})
export type SyncState = z.infer<typeof syncStateSchema>

/** Reads the stored state; what is unreadable means: start over, the cache can be refilled. */
export function syncStateOf(marks: SyncMarks): SyncState {
  const read = syncStateSchema.safeParse(marks.state)
  return read.success ? read.data : syncStateSchema.parse({})
}
