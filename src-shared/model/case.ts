import { z } from 'zod'
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
  startDate: z.number(),
  createdAt: z.number(),
  createdBy: z.string(),
  updatedAt: z.number().optional(),
  /** True while only this machine has it. */
  pending: z.boolean().optional(),
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
