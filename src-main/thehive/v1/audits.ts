import { ForagerError } from '#shared/errors/forager-error.ts'
import { parseJson } from '../answer-json.ts'
import { readList } from '../api.ts'
import type { Api } from '../api.ts'
import { detailsOf } from '../audit-details.ts'
import { newestFirst } from '../newest-first.ts'
import type { AuditEntry } from '../port.ts'
import * as wire from '../wire-fields.ts'
import { leanBytes } from './run-query.ts'

/** More than anybody looks through. */
const most = 200

/**
 * What happened to an alert. Undefined where the server refuses to tell: one that keeps its audits in Elasticsearch, which can be
 * chosen since 5.5, answers 400.
 */
export async function alertHistory(
  api: Api,
  id: string,
  signal: AbortSignal,
): Promise<AuditEntry[] | undefined> {
  try {
    const entries = readList(api, await trailOf(api, id, signal), { what: 'audit', read: readAudit })
    return newestFirst(entries.filter((entry) => entry !== undefined)).slice(0, most)
  } catch (thrown) {
    if (thrown instanceof ForagerError && thrown.kind === 'rejected') return undefined
    throw thrown
  }
}

/** Without the alert as it is now, which each entry would repeat twice. */
async function trailOf(api: Api, id: string, signal: AbortSignal): Promise<unknown> {
  const steps = [{ _name: 'listAuditFromObject', id }]
  const asked = { label: 'alertHistory', steps, excludeFields: ['object', 'context'] }
  return parseJson(await leanBytes(api, asked, signal), api.http.host)
}

const actions: ReadonlySet<string> = new Set<AuditEntry['action']>(['create', 'update', 'delete', 'merge'])
const isKnown = (action: string): action is AuditEntry['action'] => actions.has(action)

/** Undefined for what Forager has no word for, such as a function that was run. */
function readAudit(value: unknown): AuditEntry | undefined {
  const row = wire.asRow(value, 'audit')
  const action = wire.text(row, 'action')
  const objectId = wire.optionalText(row, 'objectId')
  if (!isKnown(action) || objectId === undefined) return undefined
  return {
    id: wire.id(row),
    action,
    objectType: wire.optionalText(row, 'objectType') ?? '',
    objectId,
    by: wire.text(row, '_createdBy'),
    at: wire.number(row, '_createdAt'),
    details: detailsOf(row['details']),
  }
}
