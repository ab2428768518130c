import { z } from 'zod'

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
