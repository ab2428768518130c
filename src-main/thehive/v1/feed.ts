import { call, segment } from '../api.ts'
import type { Api } from '../api.ts'
import type { AuditEntry, GoneThing } from '../port.ts'
import * as wire from '../wire-fields.ts'

/** The feed of an alert or a case holds the requests of the last day. */
const requestsAsked = 200

/**
 * The only thing in TheHive 5 that names who deleted something: its feed (api.md §8.3). It forgets after a day, and of a request
 * that did several things it names the first, so that it may well know nothing.
 */
export async function deletionOf(
  api: Api,
  { id, rootId }: GoneThing,
  signal: AbortSignal,
): Promise<AuditEntry | undefined> {
  const path = `/api/v1/flow?rootId=${segment(rootId)}&count=${requestsAsked}`
  const items = await call(api, { method: 'GET', path }, signal)
  if (!Array.isArray(items)) return undefined
  return items.map(readDeletion).find((entry) => entry?.objectId === id)
}

/** Undefined for anything else, and for what cannot be read. */
function readDeletion(item: unknown): AuditEntry | undefined {
  try {
    const row = wire.asRow(wire.asRow(item, 'item')['base'], 'audit')
    if (wire.text(row, 'action') !== 'delete') return undefined
    return {
      id: wire.id(row),
      action: 'delete',
      objectType: wire.text(row, 'objectType'),
      objectId: wire.text(row, 'objectId'),
      by: wire.text(row, '_createdBy'),
      at: wire.number(row, '_createdAt'),
      details: {},
    }
  } catch (thrown) {
    if (thrown instanceof wire.WireProblem) return undefined
    throw thrown
  }
}
