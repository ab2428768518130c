import type { HiveState } from '../state/hive-state.ts'
import type { Audit } from '../state/types.ts'
import { serializeAlert, serializeCase } from './serialize.ts'
import {
  serializeAttachment,
  serializeComment,
  serializeLog,
  serializeObservable,
} from './serialize-children.ts'
import { serializePage, serializeProcedure, serializeTask } from './serialize-children.ts'
import { meta, type WireObject } from './wire-common.ts'

/** The record as it is now; nothing once it is gone. */
function present(state: HiveState, id: string): WireObject | undefined {
  const entity = state.entities.get(id)
  switch (entity?.kind) {
    case undefined:
      return undefined
    case 'alert':
      return serializeAlert(state, entity)
    case 'case':
      return serializeCase(state, entity)
    case 'observable':
      return serializeObservable(state, entity)
    case 'comment':
      return serializeComment(state, entity)
    case 'procedure':
      return serializeProcedure(entity)
    case 'attachment':
      return serializeAttachment(state, entity)
    case 'task':
      return serializeTask(entity)
    case 'log':
      return serializeLog(state, entity)
    case 'page':
      return serializePage(entity)
  }
}

export function serializeAudit(state: HiveState, audit: Audit): WireObject {
  const { action, requestId, details, object, root, isMain } = audit
  return {
    ...meta(audit, 'Audit'),
    ...{ action, requestId, rootId: root.id, details, objectId: object.id, objectType: object.name },
    object: present(state, object.id),
    context: present(state, root.id),
    mainAction: isMain,
  }
}

/** What one request did: its first audit, and how often it did what to which sort of record. */
export function serializeStreamItem(state: HiveState, group: readonly Audit[]): WireObject {
  const summary: Record<string, Record<string, number>> = {}
  for (const { action, object } of group) {
    const counts = (summary[object.name] ??= {})
    counts[action] = (counts[action] ?? 0) + 1
  }
  const [first] = group
  return { base: first && serializeAudit(state, first), summary }
}
