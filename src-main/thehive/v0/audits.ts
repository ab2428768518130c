import type { Api } from '../api.ts'
import { detailsOf } from '../audit-details.ts'
import { newestFirst } from '../newest-first.ts'
import type { AuditEntry } from '../port.ts'
import * as wire from '../wire-fields.ts'
import { atLeastStamp, searchList } from './search.ts'

/** `/api` says what happened in other words than v1 (api.md §8.3). */
const actions: Readonly<Record<string, AuditEntry['action']>> = {
  creation: 'create',
  update: 'update',
  delete: 'delete',
  create: 'create',
  merge: 'merge',
}

/** One entry of the trail; undefined for what Forager has no word for (a login, a job). */
export function readAudit(value: unknown): AuditEntry | undefined {
  const row = wire.asRow(value, 'audit')
  const word = wire.text(row, 'operation')
  const action = actions[word.toLowerCase()]
  const objectId = wire.optionalText(row, 'objectId')
  if (action === undefined || objectId === undefined) return undefined
  return {
    id: wire.id(row),
    action,
    objectType: wire.optionalText(row, 'objectType') ?? '',
    objectId,
    by: wire.optionalText(row, 'createdBy') ?? '',
    at: wire.optionalNumber(row, 'startDate') ?? wire.number(row, 'createdAt'),
    details: detailsOf(row['details']),
  }
}

/** TheHive 4 keeps other words than it shows, and may be asked for either. */
const anyOf = (field: string, ...words: string[]) => ({ _or: words.map((word) => ({ [field]: word })) })
const ofAlerts = anyOf('objectType', 'alert', 'Alert')
const ofCases = anyOf('objectType', 'case', 'Case')

const shownHistory = 200

/** All deletions since a moment: neither TheHive 3 nor 4 ever forgets one (api.md §8.3). */
export const deletedAlerts = (api: Api, since: number, signal: AbortSignal): Promise<AuditEntry[]> =>
  trail(api, { conditions: [ofAlerts, ...deletedSince(since)], range: 'all' }, signal)

export const deletedCases = (api: Api, since: number, signal: AbortSignal): Promise<AuditEntry[]> =>
  trail(api, { conditions: [ofCases, ...deletedSince(since)], range: 'all' }, signal)

const deletedSince = (since: number): object[] => [
  anyOf('operation', 'Delete', 'delete'),
  atLeastStamp('startDate', since),
]

export async function alertHistory(api: Api, id: string, signal: AbortSignal): Promise<AuditEntry[]> {
  return trail(api, { conditions: [ofAlerts, { objectId: id }], range: `0-${shownHistory}` }, signal)
}

/** Whatever kind of thing it was. */
export async function deletionOf(api: Api, id: string, signal: AbortSignal): Promise<AuditEntry | undefined> {
  const conditions = [{ objectId: id }, anyOf('operation', 'Delete', 'delete')]
  const [entry] = await trail(api, { conditions, range: '0-1' }, signal)
  return entry
}

/**
 * Newest first. Over `/api` in TheHive 4 as well: its v1 audits show the object itself, and nothing of one that is deleted.
 */
async function trail(
  api: Api,
  { conditions, range }: { conditions: readonly object[]; range: string },
  signal: AbortSignal,
): Promise<AuditEntry[]> {
  const search = { model: 'audit', query: { _and: conditions }, range, sort: ['-startDate'] }
  const entries = await searchList(api, search, readAudit, signal)
  return newestFirst(entries.filter((entry) => entry !== undefined))
}
