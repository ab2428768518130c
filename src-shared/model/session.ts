import { z } from 'zod'
import { tlpSchema } from './scales.ts'

export const flavours = ['thehive3', 'thehive4', 'thehive5', 'local'] as const

/** Everything that one server, version, licence or user allows and another does not. */
export const abilities = [
  'createAlert',
  /** Observables and files travel with a new alert. */
  'createWithObservables',
  'updateAlert',
  'reopenAlert',
  'deleteAlert',
  /** The read mark of TheHive 3 and 4; TheHive 5 has statuses instead. */
  'markRead',
  'followAlert',
  /** Custom statuses with stages; without it a status is what read mark and case make it. */
  'status',
  'assignee',
  'summary',
  'alertPap',
  'externalLink',
  'alertCustomFields',
  /** Promote and merge. */
  'importAlert',
  /** Whatever the case is to have other than the alert may be chosen at promotion. */
  'promoteOverrides',
  /** Pages may be given to the case at promotion. */
  'promotePages',
  /** Observables and procedures only, without the alert's text. */
  'importObservables',
  'unlinkAlert',
  'manageObservable',
  'changeObservable',
  'downloadObservable',
  /** Files may be added to an alert that is there; without it they come with a new one only. */
  'fileObservables',
  'zippedObservables',
  'comment',
  'procedure',
  'attachment',
  /** Whoever sees an attached file may save it. */
  'downloadAttachment',
  'createCase',
  'updateCase',
  'closeCase',
  'reopenCase',
  'similarCases',
  'similarAlerts',
  'audit',
  'views',
] as const
export type Ability = (typeof abilities)[number]

/** What this server, licence and user allow: the screens obey it before anything is queued. */
export const capabilitiesSchema = z.object({
  /** Why not, in words, for each ability that is missing; whatever is not named is there. */
  cannot: z.partialRecord(z.enum(abilities), z.string()),
  /** Set when writing is impossible for everyone, with the reason in words. */
  readOnlyReason: z.string().optional(),
  /** Markings the server can store, least restricted first: AMBER+STRICT came with 5.2. */
  tlps: z.array(tlpSchema),
  /** Most alerts one merge may take (50 since 5.5.6). */
  mergeLimit: z.number().optional(),
  /** Longest link of an alert, where it is less than Forager's own limit (512 before 5.7). */
  linkLimit: z.number().optional(),
})
export type Capabilities = z.infer<typeof capabilitiesSchema>

/** True, or why not. A read-only server allows reading abilities only, whatever else it says. */
export function canDo(capabilities: Capabilities, ability: Ability): true | string {
  if (capabilities.readOnlyReason !== undefined && !readingAbilities.has(ability))
    return capabilities.readOnlyReason
  return capabilities.cannot[ability] ?? true
}

const readingAbilities: ReadonlySet<Ability> = new Set([
  'downloadObservable',
  'downloadAttachment',
  'similarCases',
  'similarAlerts',
  'audit',
  'views',
])

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

/** How to reach a server. `caFile` is a PEM file; `proxy` an http(s) URL, without the login it asks for. No secret lives here. */
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
