import type { Operation } from '#shared/model/operation.ts'
import type { Effect } from '../hive/hive-state.ts'
import type { Holdings } from './wishes.ts'

/** The child a decision edits or deletes, by its id of the moment. */
export function childOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'observable.update':
    case 'observable.delete':
      return operation.payload.observableId
    case 'comment.edit':
    case 'comment.delete':
      return operation.payload.commentId
    case 'procedure.edit':
    case 'procedure.delete':
      return operation.payload.procedureId
    case 'attachment.delete':
      return operation.payload.attachmentId
    default:
      return undefined
  }
}

/** Whether a write can be this decision's doing. */
export function causes(operation: Operation, effect: Effect, resolve: (id: string) => string): boolean {
  const { kind, payload } = operation
  const isOn = resolve(operation.alertId) === effect.alertId
  switch (effect.what) {
    case 'alert.create':
      return kind === 'alert.create' && String(effect.given).endsWith(`;${payload.input.sourceRef}`)
    case 'observable.add':
      return adds(operation, String(effect.given))
    case 'comment.add':
      return kind === 'comment.add' && isOn && payload.message === effect.given
    case 'procedure.add':
      return kind === 'procedure.add' && isOn && payload.input.description === effect.given
    case 'attachment.add':
      return kind === 'attachment.add' && isOn && payload.attachment.sha256 === effect.given
    case 'case.create':
      return kind === 'case.create' && payload.input.title === effect.given
    case 'case.update':
      return kind === 'case.update' ? isOn : kind === 'case.create' && isOn
    default: {
      const child = childOf(operation)
      return kind === effect.what && isOn && (child === undefined || resolve(child) === effect.id)
    }
  }
}

function adds({ kind, payload }: Operation, key: string): boolean {
  switch (kind) {
    case 'observable.add-values':
      return payload.values.some(({ dataType, data }) => `${dataType} ${data}` === key)
    case 'observable.add-file':
      return `file ${payload.attachment.sha256}` === key
    case 'alert.create':
      return [
        ...payload.values.map(({ dataType, data }) => `${dataType} ${data}`),
        ...payload.files.map(({ attachment }) => `file ${attachment.sha256}`),
      ].includes(key)
    default:
      return false
  }
}

/** Taking the marker off a new case is part of making it: it may be done again. */
export const isTidying = (operation: Operation, effect: Effect): boolean =>
  operation.kind === 'case.create' && effect.what === 'case.update'

const readByLists: Record<string, string> = {
  'observable.add-values': 'observables',
  'observable.add-file': 'observables',
  'observable.update': 'observables',
  'observable.delete': 'observables',
  'procedure.edit': 'procedures',
  'procedure.delete': 'procedures',
  'comment.edit': 'comments',
  'comment.delete': 'comments',
}

/** Under which the account keeps when it last read what a decision is about. */
export function readKeyOf(operation: Operation, resolve: (id: string) => string): string {
  const list = readByLists[operation.kind]
  const on = resolve(operation.alertId)
  return list === undefined ? on : `${list} ${on}`
}

/** What a decision edits or deletes, as it is held. */
export function entityOf(
  operation: Operation,
  id: string,
  hive: Holdings,
): Record<string, unknown> | undefined {
  switch (operation.kind) {
    case 'alert.update':
    case 'alert.delete':
      return hive.alerts.get(id)
    case 'case.update':
      return hive.cases.get(id)
    case 'observable.update':
    case 'observable.delete':
      return hive.observables.get(id)
    case 'procedure.edit':
    case 'procedure.delete':
      return hive.procedures.get(id)
    case 'comment.edit':
    case 'comment.delete':
      return hive.comments.get(id)
    default:
      return undefined
  }
}
