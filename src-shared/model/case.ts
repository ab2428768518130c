import { z } from 'zod'
import { customFieldValueSchema } from './alert.ts'
import { papSchema, severitySchema, stageSchema, tlpSchema } from './scales.ts'

export const caseSchema = z.object({
  id: z.string(),
  /** The number people say aloud; absent until the server (or a local workspace) has given one. */
  number: z.number().optional(),
  title: z.string(),
  description: z.string(),
  severity: severitySchema,
  tlp: tlpSchema,
  pap: papSchema,
  tags: z.array(z.string()),
  status: z.string(),
  stage: stageSchema,
  assignee: z.string().optional(),
  summary: z.string().optional(),
  impactStatus: z.string().optional(),
  /** Absent, like the custom fields, in promises made before Forager knew of them. */
  flag: z.boolean().default(false),
  customFields: z.array(customFieldValueSchema).default([]),
  startDate: z.number(),
  endDate: z.number().optional(),
  createdAt: z.number(),
  createdBy: z.string(),
  updatedAt: z.number().optional(),
  /** True while only this machine has it. */
  pending: z.boolean().optional(),
  /** True once the server no longer showed it: deleted, or hidden from us. Never from a server. */
  gone: z.boolean().optional(),
})
export type Case = z.infer<typeof caseSchema>

/** Choices at promotion; whatever is left out comes from the alert and the template. */
export const promoteChoicesSchema = z.object({
  title: z.string().trim().min(1).max(512).optional(),
  caseTemplate: z.string().max(128).optional(),
  severity: severitySchema.optional(),
  tlp: tlpSchema.optional(),
  pap: papSchema.optional(),
  tags: z.array(z.string()).optional(),
  assignee: z.string().max(128).optional(),
})
export type PromoteChoices = z.infer<typeof promoteChoicesSchema>

/** TheHive's words for what an incident did. */
export const impactStatuses = ['NoImpact', 'WithImpact', 'NotApplicable'] as const

export const caseInputSchema = z.object({
  title: z.string().trim().min(1).max(512),
  description: z.string().max(1_048_576),
  severity: severitySchema.default(2),
  tlp: tlpSchema.default('amber'),
  pap: papSchema.default('amber'),
  tags: z.array(z.string().min(1).max(128)).default([]),
  assignee: z.string().max(128).optional(),
  caseTemplate: z.string().max(128).optional(),
})
export type CaseInput = z.infer<typeof caseInputSchema>

/** Only the named fields change. Closing and reopening are a status of another stage. */
export const caseChangeSchema = z
  .object({
    title: z.string().trim().min(1).max(512).optional(),
    description: z.string().max(1_048_576).optional(),
    severity: severitySchema.optional(),
    tlp: tlpSchema.optional(),
    pap: papSchema.optional(),
    status: z.string().min(1).max(64).optional(),
    summary: z.string().max(1_048_576).optional(),
    impactStatus: z.enum(impactStatuses).optional(),
    assignee: z.string().max(128).nullable().optional(),
    flag: z.boolean().optional(),
    /** The full set, as for alerts. */
    customFields: z.array(customFieldValueSchema).optional(),
    addTags: z.array(z.string().trim().min(1).max(128)).optional(),
    removeTags: z.array(z.string()).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Nothing to change')
export type CaseChange = z.infer<typeof caseChangeSchema>
