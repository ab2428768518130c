import type { Operation } from '#shared/model/operation.ts'

/** Fields whose value at decision time is kept, so that a colleague's edit to the same field is noticed. */
const compared = {
  alert: [
    'status',
    'severity',
    'tlp',
    'pap',
    'assignee',
    'title',
    'description',
    'summary',
    'externalLink',
    'customFields',
  ],
  case: [
    'title',
    'description',
    'severity',
    'tlp',
    'pap',
    'status',
    'summary',
    'impactStatus',
    'assignee',
    'flag',
    'customFields',
  ],
  observable: ['dataType', 'message', 'tlp', 'pap', 'ioc', 'sighted', 'ignoreSimilarity'],
  procedure: ['occurDate', 'tactic', 'description'],
} as const

/** A child's words, where they are all there is to it. */
const words = ['message'] as const

type Draft = Pick<Operation, 'kind' | 'payload'>

/**
 * The fields whose value at decision time is kept and compared: those it sets; of a deletion all that is lost with what it
 * deletes, so that a colleague's edit is not deleted unseen.
 */
export function watchedFields(draft: Draft): readonly string[] {
  switch (draft.kind) {
    case 'alert.delete':
      return [...compared.alert, 'tags', 'caseId']
    case 'observable.delete':
      return [...compared.observable, 'tags']
    case 'comment.delete':
      return words
    case 'procedure.delete':
      return compared.procedure
    default:
      return touchedFields(draft)
  }
}

/** Long texts, in which edits of different places go together. */
export function isText({ kind }: Pick<Operation, 'kind'>, field: string): boolean {
  switch (kind) {
    case 'alert.update':
    case 'case.update':
      return field === 'description' || field === 'summary'
    case 'procedure.edit':
      return field === 'description'
    case 'observable.update':
    case 'comment.edit':
      return field === 'message'
    default:
      return false
  }
}

/**
 * The fields a decision sets on what it is about. Not listed is what commutes with everybody else's work: tags, and whatever
 * adds or deletes a whole alert, child or case.
 */
export function touchedFields(draft: Draft): readonly string[] {
  const { kind, payload } = draft as Operation
  switch (kind) {
    case 'alert.promote':
    case 'alert.merge':
    case 'alert.import':
    case 'alert.unlink':
      return ['caseId']
    case 'alert.read':
      return ['read']
    case 'alert.follow':
      return ['follow']
    case 'comment.edit':
      return words
    case 'alert.update':
      return named(compared.alert, payload)
    case 'case.update':
      return named(compared.case, payload)
    case 'observable.update':
      return named(compared.observable, payload)
    case 'procedure.edit':
      return named(compared.procedure, payload)
    default:
      return []
  }
}

function named(fields: readonly string[], payload: Operation['payload']): string[] {
  const { change } = payload as { change: Record<string, unknown> }
  return fields.filter((field) => change[field] !== undefined)
}

/** The same decision with another value in one field that it sets. */
export function withWanted(operation: Operation, field: string, value: unknown): Operation {
  const { payload } = operation
  const next =
    'change' in payload
      ? { ...payload, change: { ...payload.change, [field]: value } }
      : { ...payload, [field]: value }
  return { ...operation, payload: next } as Operation
}

/** The value the decision wants in one of its fields. */
export function valueWanted(operation: Operation, field: string): unknown {
  switch (operation.kind) {
    case 'alert.promote':
      return operation.payload.predicted.id
    case 'alert.merge':
    case 'alert.import':
      return operation.payload.caseId
    case 'alert.unlink':
      return null
    case 'alert.read':
      return operation.payload.read
    case 'alert.follow':
      return operation.payload.follow
    case 'comment.edit':
      return operation.payload.message
    case 'alert.update':
    case 'case.update':
    case 'observable.update':
    case 'procedure.edit':
      return (operation.payload.change as Record<string, unknown>)[field]
    default:
      return undefined
  }
}
