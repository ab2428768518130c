import { z } from 'zod'
import { severitySchema, stageSchema } from '../model/scales.ts'

/**
 * What a queue view shows: every given part must hold (AND); the values inside a part are alternatives (OR).
 * `text` is matched as a substring, case- and defang-folded, over title, description, tags, source reference and observables.
 */
export const queueFilterSchema = z.object({
  text: z.string().max(512).optional(),
  stages: z.array(stageSchema).optional(),
  statuses: z.array(z.string()).optional(),
  severities: z.array(severitySchema).optional(),
  sources: z.array(z.string()).optional(),
  types: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  notTags: z.array(z.string()).optional(),
  /** A login, or null for unassigned. */
  assignee: z.string().nullable().optional(),
  caseId: z.string().optional(),
})
export type QueueFilter = z.infer<typeof queueFilterSchema>

export const queueSortFields = ['date', 'severity', 'updatedAt'] as const
export const queueSortSchema = z.object({
  field: z.enum(queueSortFields),
  direction: z.enum(['asc', 'desc']),
})
export type QueueSort = z.infer<typeof queueSortSchema>
export const newestFirst: QueueSort = { field: 'date', direction: 'desc' }

/** Where a page ended: the sort value and the row's key. Keyset paging, never OFFSET. */
export const queueCursorSchema = z.object({ value: z.number(), pk: z.number() })
export type QueueCursor = z.infer<typeof queueCursorSchema>
