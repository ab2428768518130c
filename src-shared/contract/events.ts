import { z } from 'zod'
import { outboxCountsSchema, syncStatusSchema } from '../model/sync-status.ts'
import { packStatusSchema } from '../model/shift-pack.ts'
import { openProfileSchema } from './profile-calls.ts'

/** What main tells the page unasked. Events say *that* something changed; the page asks for what it shows. */
export const eventSchemas = {
  'profile.changed': openProfileSchema.nullable(),
  'sync.status': syncStatusSchema,
  /** `ids`: alerts whose rows or details changed; empty when too many to name. `arrived`: alerts not seen before. */
  'queue.changed': z.object({ ids: z.array(z.string()), arrived: z.number() }),
  'pack.changed': packStatusSchema,
  'outbox.changed': outboxCountsSchema,
} as const

export type EventName = keyof typeof eventSchemas
export type EventPayload<E extends EventName> = z.infer<(typeof eventSchemas)[E]>
