import type { Operation } from '#shared/model/operation.ts'
import { touchedFields, valueWanted } from './touched-fields.ts'

/** The fields whose value is another one once the decision has taken hold, tags among them. */
export function changedFields(operation: Operation): string[] {
  return [...Object.keys(changesOf(operation)), ...(editsTags(operation) ? ['tags'] : [])]
}

/**
 * Every compared field that is different once the decision has taken hold, with its value then: what it sets, and what the
 * server does beside that. Tags are left out, see `editsTags`.
 */
export function changesOf(operation: Operation): Record<string, unknown> {
  const set = touchedFields(operation).map((field) => [field, valueWanted(operation, field) ?? null])
  return { ...Object.fromEntries(set), ...besides(operation) }
}

function besides(operation: Operation): Record<string, unknown> {
  switch (operation.kind) {
    case 'alert.promote':
    case 'alert.merge':
    case 'alert.import':
      return { status: 'Imported', read: true }
    case 'alert.unlink':
      return { status: 'New' }
    case 'alert.read': {
      const { effect } = operation.payload
      return effect === undefined ? {} : { status: effect.status }
    }
    case 'alert.update': {
      const { assignee } = operation.payload.effect
      return assignee === undefined ? {} : { assignee }
    }
    default:
      return {}
  }
}

export function editsTags({ payload }: Pick<Operation, 'payload'>): boolean {
  if (!('change' in payload)) return false
  const { addTags = [], removeTags = [] } = payload.change as { addTags?: string[]; removeTags?: string[] }
  return addTags.length + removeTags.length > 0
}
