import { z } from 'zod'
import { papSchema, severitySchema, stageSchema, tlpSchema } from './scales.ts'

/** Server limits of TheHive 5 (api.md §2.7), known before anything is queued. */
export const alertLimits = {
  type: 32,
  source: 32,
  sourceRef: 128,
  title: 512,
  text: 1_048_576,
  tag: 128,
} as const

export const customFieldValueSchema = z.object({
  name: z.string(),
  type: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  order: z.number().optional(),
})
export type CustomFieldValue = z.infer<typeof customFieldValueSchema>

/** An alert as Forager knows it, whatever server it came from. Dates are milliseconds since the epoch, UTC. */
export const alertSchema = z.object({
  /** The server's id, or `local:<uuid>` until the server has given one. */
  id: z.string(),
  type: z.string(),
  source: z.string(),
  sourceRef: z.string(),
  title: z.string(),
  description: z.string(),
  severity: severitySchema,
  tlp: tlpSchema,
  pap: papSchema,
  date: z.number(),
  tags: z.array(z.string()),
  status: z.string(),
  stage: stageSchema,
  assignee: z.string().optional(),
  summary: z.string().optional(),
  externalLink: z.string().optional(),
  caseId: z.string().optional(),
  caseTemplate: z.string().optional(),
  follow: z.boolean(),
  /** The read mark of TheHive 3 and 4; TheHive 5 has none. */
  read: z.boolean().optional(),
  observableCount: z.number(),
  customFields: z.array(customFieldValueSchema),
  createdAt: z.number(),
  createdBy: z.string(),
  /** Absent until the first update, as on the server. */
  updatedAt: z.number().optional(),
  updatedBy: z.string().optional(),
  /** True while a decision to delete it waits here: it leaves once the server has done it. Never from a server. */
  going: z.boolean().optional(),
})
export type Alert = z.infer<typeof alertSchema>

/** What an analyst gives to create an alert by hand. type + source + sourceRef are unique together. */
export const alertInputSchema = z.object({
  type: z.string().trim().min(1).max(alertLimits.type),
  source: z.string().trim().min(1).max(alertLimits.source),
  sourceRef: z.string().trim().min(1).max(alertLimits.sourceRef),
  title: z.string().trim().min(1).max(alertLimits.title),
  description: z.string().max(alertLimits.text),
  severity: severitySchema.default(2),
  tlp: tlpSchema.default('amber'),
  pap: papSchema.default('amber'),
  tags: z.array(z.string().min(1).max(alertLimits.tag)).default([]),
  externalLink: z.string().max(4096).optional(),
  caseTemplate: z.string().max(128).optional(),
  /** When it happened, ms since the epoch; the server takes its own now when left out. */
  date: z.number().optional(),
  customFields: z.array(customFieldValueSchema).default([]),
})
export type AlertInput = z.infer<typeof alertInputSchema>

/** What is unique of an alert. */
export const alertKeySchema = alertInputSchema.pick({ type: true, source: true, sourceRef: true })
export type AlertKey = z.infer<typeof alertKeySchema>

/** A triage decision: only the named fields change. Tags travel as add/remove, because those commute. */
export const alertChangeSchema = z
  .object({
    status: z.string().min(1).max(64).optional(),
    severity: severitySchema.optional(),
    tlp: tlpSchema.optional(),
    pap: papSchema.optional(),
    assignee: z.string().max(128).nullable().optional(),
    title: z.string().trim().min(1).max(alertLimits.title).optional(),
    description: z.string().max(alertLimits.text).optional(),
    summary: z.string().max(alertLimits.text).optional(),
    externalLink: z.string().max(4096).optional(),
    /** The full set: the only form that a repeated request cannot change (api.md §2.8). */
    customFields: z.array(customFieldValueSchema).optional(),
    addTags: z.array(z.string().trim().min(1).max(alertLimits.tag)).optional(),
    removeTags: z.array(z.string()).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Nothing to change')
export type AlertChange = z.infer<typeof alertChangeSchema>

/** Natural key in the form TheHive itself accepts as an id: `type;source;sourceRef`. */
export function alertKey(alert: AlertKey): string {
  return `${alert.type};${alert.source};${alert.sourceRef}`
}
