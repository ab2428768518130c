import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { catalogSchema } from '../model/catalog.ts'
import { endpointSchema, profileSchema, sessionSchema } from '../model/session.ts'
import { syncStatusSchema } from '../model/sync-status.ts'
import { call, keychainLimit, networkTimeoutMs } from './define.ts'

const nothing = z.object({})
/** Opening the files of a profile: what was damaged is mended then, and what is waiting read. */
const openingMs = 60_000
const credentials = z.object({
  endpoint: endpointSchema,
  apiKey: z.string().trim().min(1),
  /** What the proxy asks for; it may be typed into the proxy's address as well. */
  proxyLogin: z.object({ user: z.string(), password: z.string() }).optional(),
})

/** What is open now. `session` is the last one known, so it is there offline too. */
export const openProfileSchema = z.object({
  profile: profileSchema,
  session: sessionSchema,
  sync: syncStatusSchema,
  /** What was found wrong at opening and what was done about it: shown until read. */
  notices: z.array(errorDataSchema).optional(),
})
export type OpenProfile = z.infer<typeof openProfileSchema>

export const profileCalls = {
  'profiles.list': call(nothing, z.array(profileSchema)),
  'profiles.current': call(nothing, openProfileSchema.nullable()),
  /** Asks the server who it is and who we are; stores nothing. */
  'profiles.test': call(credentials, sessionSchema, { timeoutMs: networkTimeoutMs }),
  'profiles.connect': call(
    credentials.extend({ name: z.string().trim().min(1).optional() }),
    openProfileSchema,
    keychainLimit(7, networkTimeoutMs + openingMs),
  ),
  'profiles.openLocal': call(
    z.object({ name: z.string().trim().min(1).max(64) }),
    openProfileSchema,
    keychainLimit(4, openingMs),
  ),
  'profiles.openSample': call(nothing, openProfileSchema, keychainLimit(4, openingMs)),
  /** `beginAnew`: the analyst's word that an outbox of which nothing can be read is kept aside, and an empty one begun. */
  'profiles.open': call(
    z.object({ id: z.string(), beginAnew: z.boolean().optional() }),
    openProfileSchema,
    keychainLimit(8, openingMs),
  ),
  /** With the key on paper: the key of its database is kept again, and it opens. */
  'profiles.recover': call(
    z.object({ id: z.string(), code: z.string().max(256) }),
    openProfileSchema,
    keychainLimit(9, openingMs),
  ),
  /** The same server and account in another organisation: a connection of its own, opened at once. */
  'profiles.switchOrganisation': call(
    z.object({ organisation: z.string().trim().min(1) }),
    openProfileSchema,
    keychainLimit(10, networkTimeoutMs + openingMs),
  ),
  'profiles.close': call(nothing, z.null(), { timeoutMs: networkTimeoutMs }),
  'catalog.get': call(nothing, catalogSchema),
} as const
