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

/** A task that a new case gets beside those of its template. Limits of TheHive 5. */
export const taskInputSchema = z.object({
  title: z.string().trim().min(1).max(128),
  group: z.string().trim().min(1).max(64).optional(),
  description: z.string().max(1_048_576).optional(),
  assignee: z.string().min(1).max(128).optional(),
  mandatory: z.boolean().optional(),
  dueDate: z.number().optional(),
})
export type TaskInput = z.infer<typeof taskInputSchema>

/** A page of a case's own book. */
export const pageInputSchema = z.object({
  title: z.string().trim().min(1).max(512),
  category: z.string().trim().min(1).max(128),
  content: z.string().max(1_048_576),
})
export type PageInput = z.infer<typeof pageInputSchema>

/** Another organisation that sees the case. The rules are the server's words: `manual` or `autoShare`. */
export const shareInputSchema = z.object({
  organisation: z.string().min(1),
  profile: z.string().min(1).max(64).optional(),
  share: z.boolean().optional(),
  taskRule: z.string().min(1).max(64).optional(),
  observableRule: z.string().min(1).max(64).optional(),
})

/** Choices at promotion; whatever is left out comes from the alert and the template. */
export const promoteChoicesSchema = z.object({
  title: z.string().trim().min(1).max(512).optional(),
  caseTemplate: z.string().max(128).optional(),
  severity: severitySchema.optional(),
  tlp: tlpSchema.optional(),
  pap: papSchema.optional(),
  tags: z.array(z.string()).optional(),
  assignee: z.string().max(128).optional(),
  description: z.string().max(1_048_576).optional(),
  status: z.string().min(1).max(64).optional(),
  summary: z.string().max(1_048_576).optional(),
  flag: z.boolean().optional(),
  /** Moments in ms since the epoch. */
  startDate: z.number().optional(),
  endDate: z.number().optional(),
  /** These names take these values; what the alert and the template have under other names comes along. */
  customFields: z.array(customFieldValueSchema).optional(),
  /** Beside those of the template. */
  tasks: z.array(taskInputSchema).max(200).optional(),
  pages: z.array(pageInputSchema).max(50).optional(),
  sharingParameters: z.array(shareInputSchema).max(50).optional(),
  taskRule: z.string().min(1).max(128).optional(),
  observableRule: z.string().min(1).max(128).optional(),
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
