import type { Entity } from '../state/hive-state.ts'
import type { AuditAction, EntityKind } from '../state/types.ts'
import type { Context } from './context.ts'

type Root = { kind: EntityKind; id: string }

/** The alert or case an entity belongs to; itself where it belongs to none. */
function rootOf(entity: Entity): Root {
  switch (entity.kind) {
    case 'log':
      return rootOf(entity.parent)
    case 'observable':
    case 'comment':
    case 'procedure':
    case 'task':
    case 'page':
      return { kind: entity.parent.kind, id: entity.parent.id }
    default:
      return { kind: entity.kind, id: entity.id }
  }
}

const nameOf = (kind: EntityKind) => kind.replace(/^./, (letter) => letter.toUpperCase())

type Story = { details?: object | undefined; root?: Root | undefined }

/** Puts into the trail of the actor's organisation that something happened to `entity`. */
export function audit(context: Context, action: AuditAction, entity: Entity, story: Story = {}): void {
  const { kind, id } = entity
  recordAudit(context, action, { kind, id, name: nameOf(kind), ...story, root: story.root ?? rootOf(entity) })
}

/** As `audit`, for a definition such as a status: `name` is its type's. */
export function auditDefinition(
  context: Context,
  action: AuditAction,
  definition: { id: string; name: string },
): void {
  const { id, name } = definition
  recordAudit(context, action, { kind: 'definition', id, name, root: { kind: 'definition', id } })
}

type Recorded = { kind: EntityKind; id: string; name: string; root: Root; details?: object | undefined }

function recordAudit(context: Context, action: AuditAction, what: Recorded): void {
  const { state, actor, requestId } = context
  const { kind, id, name, root, details = {} } = what
  state.audits.record({
    ...state.stamps(actor.user.login),
    kind: 'audit',
    organisation: actor.organisation,
    action,
    requestId,
    object: { kind, id, name },
    root: { kind: root.kind, id: root.id },
    details: { ...details },
  })
}
