import { z } from 'zod'
import type { SyncMarks } from '../store/ports.ts'
import type { SyncCache } from './ports.ts'

const cursorSchema = z.object({ stamp: z.number(), skip: z.number() })

/** The slow walk over all ids that finds what is no longer there. Local time, ms. */
const sweepSchema = z.object({
  /** A pass is under way: since when, and where it goes on. */
  pass: z.object({ startedAt: z.number(), cursor: cursorSchema.optional() }).optional(),
  /** When the last pass ended; before the first one, when sweeping became possible. */
  endedAt: z.number().optional(),
  countedAt: z.number().optional(),
  /** By how much the server's count may differ from ours without saying anything; absent: the next count tells. */
  off: z.number().optional(),
  /** Some are missing that a second pass has to confirm. */
  waiting: z.boolean(),
})
export type SweepState = z.infer<typeof sweepSchema>

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
  /** Cases created or changed at or after this are still to be seen; absent until the newest have been fetched. */
  casesSeen: z.number().optional(),
  /** The server's trail of deletions is read from here on. */
  deletionsSeen: z.number().default(0),
  /** Deleted cases whose alerts have been asked for, the newest last. */
  casesGone: z.array(z.string()).default([]),
  /** Alerts to be fetched with their observables, a few each round. */
  stale: z.array(z.string()).default([]),
  sweep: sweepSchema.default({ off: 0, waiting: false }),
})
export type SyncState = z.infer<typeof syncStateSchema>

/** Reads the stored state; what is unreadable means: start over, the cache can be refilled. */
export function syncStateOf(marks: SyncMarks): SyncState {
  const read = syncStateSchema.safeParse(marks.state)
  return read.success ? read.data : syncStateSchema.parse({})
}

/** The one loop that pulls changes the state, step by step; each step keeps what the others know. */
export async function changeState(
  cache: Pick<SyncCache, 'marks' | 'saveMarks'>,
  change: (state: SyncState) => Partial<SyncState>,
): Promise<SyncState> {
  const marks = await cache.marks()
  const before = syncStateOf(marks)
  const state = { ...before, ...change(before) }
  await cache.saveMarks({ fill: marks.fill, state })
  return state
}
