import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { PutBack } from '../domain/put-back.ts'
import { updateCases } from './change-cases.ts'
import type { DecisionContext } from './context.ts'
import * as discuss from './discuss.ts'
import * as enrich from './enrich.ts'
import { mergeAlerts, unlinkAlert } from './import-alerts.ts'
import { deleteAlerts, followAlerts, readAlerts, updateAlerts } from './triage.ts'

/** Each goes the way of every decision: the same checks, the same base, the same undo. */
export function decide(step: PutBack, context: DecisionContext): Promise<Decided> {
  const { alertId: id } = step
  const ids = [id]
  switch (step.kind) {
    case 'alert.update':
      return updateAlerts({ ids, change: step.payload.change }, context)
    case 'case.update':
      return updateCases({ ids, change: step.payload.change }, context)
    case 'alert.read':
      return readAlerts({ ids, read: step.payload.read }, context)
    case 'alert.follow':
      return followAlerts({ ids, follow: step.payload.follow }, context)
    case 'alert.unlink':
      return unlinkAlert({ id }, context)
    case 'alert.merge':
      return mergeAlerts({ ids, caseId: step.payload.caseId }, context)
    case 'alert.delete':
      return deleteAlerts({ ids }, context)
    default:
      return decideOnChild(step, context)
  }
}

function decideOnChild(step: PutBack, context: DecisionContext): Promise<Decided> {
  const { alertId: id } = step
  switch (step.kind) {
    case 'observable.delete':
      return enrich.deleteObservables({ id, observableIds: [step.payload.observableId] }, context)
    case 'observable.update': {
      const { observableId, change } = step.payload
      return enrich.updateObservables({ id, observableIds: [observableId], change }, context)
    }
    case 'comment.delete':
      return discuss.deleteComment({ id, ...step.payload }, context)
    case 'comment.edit':
      return discuss.editComment({ id, ...step.payload }, context)
    case 'procedure.delete':
      return discuss.deleteProcedure({ id, ...step.payload }, context)
    case 'procedure.edit':
      return discuss.editProcedure({ id, ...step.payload }, context)
    case 'attachment.delete':
      return discuss.deleteAttachment({ id, ...step.payload }, context)
    default:
      throw new ForagerError('bug', `Nothing is put back by ${step.kind}.`)
  }
}
