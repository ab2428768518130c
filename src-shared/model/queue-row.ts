import { z } from 'zod'
import { papSchema, severitySchema, stageSchema, tlpSchema } from './scales.ts'

/** One line of the queue: what a row draws, nothing more (about 400 bytes). */
export const queueRowSchema = z.object({
  /** Local row key, stable while the profile is open. */
  pk: z.number(),
  id: z.string(),
  title: z.string(),
  severity: severitySchema,
  tlp: tlpSchema,
  pap: papSchema,
  type: z.string(),
  source: z.string(),
  sourceRef: z.string(),
  status: z.string(),
  stage: stageSchema,
  date: z.number(),
  tags: z.array(z.string()),
  observableCount: z.number(),
  assignee: z.string().optional(),
  caseId: z.string().optional(),
  caseNumber: z.number().optional(),
  /** True while a decision on it waits to be sent. */
  pending: z.boolean(),
  /** A decision to delete it waits to be sent. */
  going: z.boolean().optional(),
  /** The server says it is gone or hidden; this copy stays. */
  gone: z.boolean().optional(),
})
export type QueueRow = z.infer<typeof queueRowSchema>

/** Counts kept in counter tables, always equal to a recount. */
export const queueCountsSchema = z.object({
  total: z.number(),
  views: z.object({
    inbox: z.number(),
    mine: z.number(),
    unassigned: z.number(),
    critical: z.number(),
    imported: z.number(),
    closed: z.number(),
  }),
  stages: z.record(z.string(), z.number()),
  severities: z.record(z.string(), z.number()),
  sources: z.record(z.string(), z.number()),
  types: z.record(z.string(), z.number()),
})
export type QueueCounts = z.infer<typeof queueCountsSchema>
