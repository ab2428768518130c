import type { AuditEntry } from '../port.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'

/** TheHive 3 says what happened in nouns, TheHive 4 in verbs (api.md §8.3). */
const actions: Readonly<Record<string, AuditEntry['action']>> = {
  creation: 'create',
  update: 'update',
  delete: 'delete',
  create: 'create',
  merge: 'merge',
}

/** One entry of the trail, whichever API told it; undefined for what Forager has no word for (a login, a job). */
export function readAudit(value: unknown): AuditEntry | undefined {
  const row = wire.asRow(value, 'audit')
  const word = wire.optionalText(row, 'operation') ?? wire.text(row, 'action')
  const action = actions[word.toLowerCase()]
  const objectId = wire.optionalText(row, 'objectId')
  if (action === undefined || objectId === undefined) return undefined
  return {
    id: wire.text(row, '_id'),
    action,
    objectType: wire.optionalText(row, 'objectType') ?? '',
    objectId,
    by: wire.optionalText(row, '_createdBy') ?? wire.optionalText(row, 'createdBy') ?? '',
    at: stampOf(row),
    details: detailsOf(row['details']),
  }
}

function stampOf(row: Row): number {
  for (const field of ['_createdAt', 'startDate', 'createdAt']) {
    const stamp = wire.optionalNumber(row, field)
    if (stamp !== undefined) return stamp
  }
  return wire.number(row, 'startDate')
}

/** An object, or the JSON text of one; anything else says nothing. */
function detailsOf(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  if (typeof value !== 'string') return {}
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {}
  } catch {
    return {}
  }
}

/** Newest first. */
export function readTrail(rows: readonly (AuditEntry | undefined)[]): AuditEntry[] {
  return rows.filter((entry) => entry !== undefined).sort((a, b) => b.at - a.at)
}
