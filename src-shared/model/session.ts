import { z } from 'zod'

export const flavours = ['thehive3', 'thehive4', 'thehive5', 'local'] as const

/** What this server, licence and user allow: the screens obey it before anything is queued. */
export const capabilitiesSchema = z.object({
  createAlert: z.boolean(),
  updateAlert: z.boolean(),
  reopenAlert: z.boolean(),
  importAlert: z.boolean(),
  manageObservable: z.boolean(),
  comment: z.boolean(),
  assignee: z.boolean(),
  promoteOverrides: z.boolean(),
  /** Set when writing is impossible for everyone, with the reason in words. */
  readOnlyReason: z.string().optional(),
})
export type Capabilities = z.infer<typeof capabilitiesSchema>

/** Who we are on the other side, as the server says. */
export const sessionSchema = z.object({
  flavour: z.enum(flavours),
  version: z.string(),
  login: z.string(),
  userName: z.string(),
  organisation: z.string(),
  organisations: z.array(z.string()),
  permissions: z.array(z.string()),
  capabilities: capabilitiesSchema,
})
export type Session = z.infer<typeof sessionSchema>

/** How to reach a server. `caFile` is a PEM file; `proxy` an http(s) URL. No secret lives here. */
export const endpointSchema = z.object({
  url: z.string().trim().min(1),
  organisation: z.string().trim().min(1).optional(),
  caFile: z.string().optional(),
  proxy: z.string().optional(),
})
export type Endpoint = z.infer<typeof endpointSchema>

export const profileKinds = ['thehive', 'local', 'sample'] as const
export const profileSchema = z.object({
  id: z.string(),
  kind: z.enum(profileKinds),
  name: z.string(),
  endpoint: endpointSchema.optional(),
  login: z.string().optional(),
  organisation: z.string().optional(),
  lastOpenedAt: z.number().optional(),
})
export type Profile = z.infer<typeof profileSchema>
