import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import type { ResolveId } from './target.ts'

/** The operation with every local id the server has answered for replaced by the server's. */
export function resolveIds(operation: Operation, ids: ReadonlyMap<string, string>): Operation {
  if (ids.size === 0) return operation
  const known: ResolveId = (id) => ids.get(id) ?? id
  const payload = resolvedPayload(operation, known)
  return {
    ...operation,
    alertId: known(operation.alertId),
    base: resolvedBase(operation, known),
    payload,
    ...(operation.conflicts !== undefined && {
      conflicts: operation.conflicts.map((one) => resolvedConflict(one, known)),
    }),
  } as Operation
}

/** Which case an alert belongs in may be disputed with one of ours that had no id of the server then. */
function resolvedConflict(conflict: FieldConflict, known: ResolveId): FieldConflict {
  if (conflict.field !== 'caseId') return conflict
  const named = (value: unknown) => (typeof value === 'string' ? known(value) : value)
  const { base, mine, theirs } = conflict
  return { ...conflict, base: named(base), mine: named(mine), theirs: named(theirs) }
}

/** An alert may have been seen in a case that had no id of the server yet. */
function resolvedBase({ base }: Operation, known: ResolveId): Operation['base'] {
  const { caseId } = base
  return typeof caseId === 'string' ? { ...base, caseId: known(caseId) } : base
}

function resolvedPayload(operation: Operation, known: ResolveId): Operation['payload'] {
  const child = <T extends { localId: string }>(one: T): T => ({ ...one, localId: known(one.localId) })
  switch (operation.kind) {
    case 'alert.create': {
      const { values, files } = operation.payload
      return { ...operation.payload, values: values.map(child), files: files.map(child) }
    }
    case 'alert.promote':
    case 'case.create': {
      const { predicted } = operation.payload
      return { ...operation.payload, predicted: { ...predicted, id: known(predicted.id) } }
    }
    case 'alert.merge':
    case 'alert.import':
    case 'alert.unlink':
      return { ...operation.payload, caseId: known(operation.payload.caseId) }
    case 'observable.add-values':
      return { ...operation.payload, values: operation.payload.values.map(child) }
    case 'observable.add-file':
    case 'comment.add':
    case 'procedure.add':
    case 'attachment.add':
      return child(operation.payload)
    default:
      return resolvedTarget(operation, known)
  }
}

function resolvedTarget(operation: Operation, known: ResolveId): Operation['payload'] {
  switch (operation.kind) {
    case 'observable.update':
    case 'observable.delete':
      return { ...operation.payload, observableId: known(operation.payload.observableId) }
    case 'comment.edit':
    case 'comment.delete':
      return { ...operation.payload, commentId: known(operation.payload.commentId) }
    case 'procedure.edit':
    case 'procedure.delete':
      return { ...operation.payload, procedureId: known(operation.payload.procedureId) }
    case 'attachment.delete':
      return { ...operation.payload, attachmentId: known(operation.payload.attachmentId) }
    default:
      return operation.payload
  }
}
