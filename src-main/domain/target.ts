import type { Operation } from '#shared/model/operation.ts'

/** The server's id for one of ours where it is known, else the id itself. */
export type ResolveId = (id: string) => string

/** The child of an alert a decision edits or deletes; undefined when it is about the alert or the case itself, or adds something. */
export function childIdOf(operation: Pick<Operation, 'kind' | 'payload'>): string | undefined {
  const { kind, payload } = operation as Operation
  switch (kind) {
    case 'observable.update':
    case 'observable.delete':
      return payload.observableId
    case 'comment.edit':
    case 'comment.delete':
      return payload.commentId
    case 'procedure.edit':
    case 'procedure.delete':
      return payload.procedureId
    case 'attachment.delete':
      return payload.attachmentId
    default:
      return undefined
  }
}

/** Ids a decision gives to children it adds, until the server has given its own. */
export function childIdsAddedBy(operation: Pick<Operation, 'kind' | 'payload'>): string[] {
  const { kind, payload } = operation as Operation
  switch (kind) {
    case 'alert.create':
      return [...payload.values, ...payload.files].map(({ localId }) => localId)
    case 'observable.add-values':
      return payload.values.map(({ localId }) => localId)
    case 'observable.add-file':
    case 'comment.add':
    case 'procedure.add':
    case 'attachment.add':
      return [payload.localId]
    default:
      return []
  }
}

/** The case a decision leads an alert into, or out of. */
export function caseIdOf(operation: Pick<Operation, 'kind' | 'payload'>): string | undefined {
  const { kind, payload } = operation as Operation
  return kind === 'alert.merge' || kind === 'alert.import' || kind === 'alert.unlink'
    ? payload.caseId
    : undefined
}

/** The case a decision makes; its local id until the server has given one. */
export function promisedCaseId(operation: Pick<Operation, 'kind' | 'payload'>): string | undefined {
  const { kind, payload } = operation as Operation
  return kind === 'alert.promote' || kind === 'case.create' ? payload.predicted.id : undefined
}

/** True for whatever adds, edits or deletes something on an alert rather than the alert. */
export const isAboutChild = ({ kind }: Pick<Operation, 'kind'>): boolean =>
  !kind.startsWith('alert.') && !kind.startsWith('case.')

/** Whether two decisions are about the very same thing: the alert itself, the case, or one and the same child. */
export function sameTarget(one: Operation, other: Operation, resolveId: ResolveId = (id) => id): boolean {
  if (resolveId(one.alertId) !== resolveId(other.alertId)) return false
  const [child, otherChild] = [childIdOf(one), childIdOf(other)]
  if (child === undefined || otherChild === undefined) return child === otherChild
  return resolveId(child) === resolveId(otherChild)
}
