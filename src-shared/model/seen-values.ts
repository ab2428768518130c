import { z } from 'zod'
import { customFieldValueSchema } from './alert.ts'
import { papSchema, severitySchema, tlpSchema } from './scales.ts'

/** Fields that are edited, as the analyst saw them when the edit began; null where there was nothing. Left out: as they show now. */
export const seenValuesSchema = z
  .object({
    title: z.string(),
    description: z.string().nullable(),
    summary: z.string().nullable(),
    externalLink: z.string().nullable(),
    message: z.string().nullable(),
    status: z.string(),
    impactStatus: z.string().nullable(),
    severity: severitySchema,
    tlp: tlpSchema,
    pap: papSchema,
    assignee: z.string().nullable(),
    flag: z.boolean(),
    ioc: z.boolean(),
    sighted: z.boolean(),
    ignoreSimilarity: z.boolean(),
    occurDate: z.number(),
    tactic: z.string().nullable(),
    customFields: z.array(customFieldValueSchema),
  })
  .partial()
export type SeenValues = z.infer<typeof seenValuesSchema>

/** The same of several, by id. */
export const seenByIdSchema = z.record(z.string(), seenValuesSchema)
export type SeenById = z.infer<typeof seenByIdSchema>

/** What an edit that began on `was` saw in the fields it changes. Tags are none of them: they travel as added and removed. */
export function seenOf(was: object, change: object): SeenValues {
  const known = was as Record<string, unknown>
  const fields = Object.keys(change).filter((field) => field in seenValuesSchema.shape)
  return Object.fromEntries(fields.map((field) => [field, known[field] ?? null]))
}
