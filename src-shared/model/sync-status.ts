import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'

export const connectionStates = [
  'connecting',
  'online',
  'offline',
  'refused',
  'working-offline',
  'local',
] as const

export const fillPhases = [
  'alerts',
  'observables',
  'comments',
  'indexing',
  'text',
  'done',
  'cancelled',
] as const

/** The first copy of the queue: rows so far, how many in all where the server says, and how fast. */
export const fillProgressSchema = z.object({
  phase: z.enum(fillPhases),
  rows: z.number(),
  total: z.number().optional(),
  rowsPerSecond: z.number(),
  startedAt: z.number(),
})
export type FillProgress = z.infer<typeof fillProgressSchema>

/** What is in the outbox, counted. */
export const outboxCountsSchema = z.object({
  /** Decisions the server does not have yet. */
  waiting: z.number(),
  /** Of those, the ones that need the analyst: conflict, rejected, cannot-tell. */
  needAttention: z.number(),
  /** Of the others, those on hold because they are in a file for another machine. */
  exported: z.number(),
})
export type OutboxCounts = z.infer<typeof outboxCountsSchema>

export const syncStatusSchema = outboxCountsSchema.extend({
  connection: z.enum(connectionStates),
  /** Why it is offline or refused. */
  problem: errorDataSchema.optional(),
  lastSuccessAt: z.number().optional(),
  nextTryAt: z.number().optional(),
  /** The line costs: nothing is fetched unless it is asked for. */
  metered: z.boolean().optional(),
  fill: fillProgressSchema.optional(),
  /** Alerts that could not be read as they came, set aside and counted. */
  setAside: z.number(),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>
