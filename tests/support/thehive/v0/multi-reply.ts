import { json, type Reply } from '../http/reply.ts'
import { HiveError } from '../state/errors.ts'
import type { Json } from './parameters.ts'

/** Runs `work` on each item; a refusal of one leaves the others alone. */
export function each<I>(items: readonly I[], work: (item: I) => Json): { success: Json[]; failure: Json[] } {
  const outcome = { success: [] as Json[], failure: [] as Json[] }
  for (const item of items) {
    try {
      outcome.success.push(work(item))
    } catch (error) {
      if (!(error instanceof HiveError)) throw error
      const { type, message, details } = error
      outcome.failure.push({ type, message, ...details })
    }
  }
  return outcome
}

/** TheHive 3: the list when all went well, a 400 with the errors when nothing did, both in a 207 otherwise. */
export function multiReply(status: number, { success, failure }: ReturnType<typeof each>): Reply {
  if (failure.length === 0) return json(status, success)
  return success.length === 0 ? json(400, failure) : json(207, { success, failure })
}
