import type { ProcedureDraft } from '../semantics/drafts.ts'
import { badRequest } from '../state/errors.ts'
import { readFields } from './fields-reader.ts'
import { long } from './read-common.ts'

export function readProcedureDraft(item: unknown): ProcedureDraft {
  const fields = readFields(item)
  const occurDate = fields.integer('occurDate')
  if (occurDate === undefined) throw badRequest('Field occurDate is required')
  return {
    patternId: fields.requiredText('patternId', { max: 128 }),
    occurDate,
    tactic: fields.text('tactic', { max: 32 }),
    description: fields.text('description', long),
  }
}

/** Another technique without a tactic takes its only one. */
export function readProcedurePatch(body: unknown): Partial<ProcedureDraft> {
  const fields = readFields(body)
  const patch = {
    patternId: fields.text('patternId', { max: 128 }),
    occurDate: fields.integer('occurDate'),
    tactic: fields.text('tactic', { max: 32 }),
    description: fields.text('description', long),
  }
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  const movesAway = patch.patternId !== undefined && patch.tactic === undefined
  return { ...(movesAway ? { tactic: undefined } : {}), ...Object.fromEntries(given) }
}

export function readComment(body: unknown): { message: string; external: boolean } {
  const fields = readFields(body)
  return { message: fields.requiredText('message', long), external: fields.boolean('external') ?? false }
}

export function readLog(body: unknown) {
  const fields = readFields(body)
  return {
    message: fields.requiredText('message', long),
    date: fields.integer('startDate'),
    includeInTimeline: fields.integer('includeInTimeline'),
  }
}

export function readLogPatch(body: unknown): { message?: string; includeInTimeline?: number } {
  const fields = readFields(body)
  const [message, includeInTimeline] = [fields.text('message', long), fields.integer('includeInTimeline')]
  return {
    ...(message === undefined ? {} : { message }),
    ...(includeInTimeline === undefined ? {} : { includeInTimeline }),
  }
}
