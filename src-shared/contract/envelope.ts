import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import type { ErrorData } from '../errors/error-data.ts'
import { protocolVersion } from './define.ts'

/** The one channel for calls and the one for events. */
export const callChannel = 'forager:call'
export const eventChannel = 'forager:event'

export const requestSchema = z.object({
  v: z.literal(protocolVersion),
  name: z.string(),
  input: z.unknown(),
})
export type Request = z.infer<typeof requestSchema>

export type Reply = { ok: true; value: unknown } | { ok: false; error: ErrorData }
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorDataSchema }),
])

export type EventMessage = { v: typeof protocolVersion; name: string; payload: unknown }
