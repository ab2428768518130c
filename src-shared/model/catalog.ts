import { z } from 'zod'
import { customFieldValueSchema } from './alert.ts'
import { techniqueSchema } from './procedure.ts'
import { papSchema, severitySchema, stageSchema, tlpSchema } from './scales.ts'
import { serverViewSchema } from './view.ts'

/** A status of alerts or of cases; never hard-coded, always listed (api.md §2.7). */
export const statusSchema = z.object({
  value: z.string(),
  stage: stageSchema,
  order: z.number(),
  hidden: z.boolean(),
  colour: z.string().optional(),
  description: z.string().optional(),
})
export type Status = z.infer<typeof statusSchema>

export const caseTemplateSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  titlePrefix: z.string().optional(),
  description: z.string().optional(),
  severity: severitySchema.optional(),
  tlp: tlpSchema.optional(),
  pap: papSchema.optional(),
  tags: z.array(z.string()),
  taskTitles: z.array(z.string()),
  /** What a case made from it carries. Absent in catalogues kept from before Forager knew of them. */
  customFields: z.array(customFieldValueSchema).optional(),
})
export type CaseTemplate = z.infer<typeof caseTemplateSchema>

export const customFieldDefinitionSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  type: z.string(),
  description: z.string(),
  mandatory: z.boolean(),
  options: z.array(z.union([z.string(), z.number(), z.boolean()])),
})
export type CustomFieldDefinition = z.infer<typeof customFieldDefinitionSchema>

export const userSchema = z.object({ login: z.string(), name: z.string() })
export type User = z.infer<typeof userSchema>

/** What a server knows besides alerts: fetched at connect, kept for offline use. */
export const catalogSchema = z.object({
  alertStatuses: z.array(statusSchema),
  caseStatuses: z.array(statusSchema),
  caseTemplates: z.array(caseTemplateSchema),
  customFields: z.array(customFieldDefinitionSchema),
  users: z.array(userSchema),
  observableTypes: z.array(z.object({ name: z.string(), isAttachment: z.boolean() })),
  /** The ATT&CK catalogue the server's procedures refer to. */
  techniques: z.array(techniqueSchema),
  /** The views of alerts it keeps; absent where it keeps none. */
  views: z.array(serverViewSchema).optional(),
  /** Why it did not tell them, in its words. */
  viewsProblem: z.string().optional(),
})
export type Catalog = z.infer<typeof catalogSchema>
