import { z } from 'zod'
import { papSchema, tlpSchema } from './scales.ts'

/** A file as TheHive and Forager both identify it: by its SHA-256. */
export const attachmentSchema = z.object({
  name: z.string(),
  size: z.number(),
  contentType: z.string(),
  sha256: z.string(),
})
export type Attachment = z.infer<typeof attachmentSchema>

export const observableSchema = z.object({
  id: z.string(),
  dataType: z.string(),
  data: z.string().optional(),
  attachment: attachmentSchema.optional(),
  message: z.string().optional(),
  tlp: tlpSchema,
  pap: papSchema,
  tags: z.array(z.string()),
  ioc: z.boolean(),
  sighted: z.boolean(),
  ignoreSimilarity: z.boolean(),
  createdAt: z.number(),
  createdBy: z.string(),
  sightedAt: z.number().optional(),
  updatedAt: z.number().optional(),
  /** True while only this machine has it. */
  pending: z.boolean().optional(),
})
export type Observable = z.infer<typeof observableSchema>

/** TheHive accepts up to 4,096 characters of data per observable (5.1.7). */
export const observableDataLimit = 4096

/** One value to add; `dataType` is TheHive's own (ip, domain, url, hash, mail, filename, other, …). */
export const observableValueSchema = z.object({
  dataType: z.string().min(1).max(64),
  data: z.string().min(1).max(observableDataLimit),
})
export type ObservableValue = z.infer<typeof observableValueSchema>

/** Marks shared by everything added in one gesture. */
export const observableMarksSchema = z.object({
  tlp: tlpSchema.default('amber'),
  pap: papSchema.default('amber'),
  tags: z.array(z.string().min(1).max(128)).default([]),
  ioc: z.boolean().default(false),
  sighted: z.boolean().default(false),
  message: z.string().max(1_048_576).optional(),
})
export type ObservableMarks = z.infer<typeof observableMarksSchema>

/** `data` cannot be changed in any generation. Tags travel as add/remove, because those commute. */
export const observableChangeSchema = z
  .object({
    dataType: z.string().min(1).max(64).optional(),
    message: z.string().max(1_048_576).optional(),
    tlp: tlpSchema.optional(),
    pap: papSchema.optional(),
    ioc: z.boolean().optional(),
    sighted: z.boolean().optional(),
    ignoreSimilarity: z.boolean().optional(),
    addTags: z.array(z.string().trim().min(1).max(128)).optional(),
    removeTags: z.array(z.string()).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Nothing to change')
export type ObservableChange = z.infer<typeof observableChangeSchema>

/** A file attached to an alert itself, beside its observables (TheHive 5.2.11). */
export const alertAttachmentSchema = attachmentSchema.extend({
  id: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
  /** True while only this machine has it. */
  pending: z.boolean().optional(),
})
export type AlertAttachment = z.infer<typeof alertAttachmentSchema>
