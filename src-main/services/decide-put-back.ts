import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { PutBack } from '../domain/put-back.ts'
import { childIdOf } from '../domain/target.ts'
import { updateCases } from './change-cases.ts'
import type { DecisionContext } from './context.ts'
import * as discuss from './discuss.ts'
import * as enrich from './enrich.ts'
import { mergeAlerts, unlinkAlert } from './import-alerts.ts'
import { deleteAlerts, followAlerts, readAlerts, updateAlerts } from './triage.ts'

/** What a step asks, of whichever observable of its alert: steps that ask the same are decided, or refused, together. */
export function askedBy(step: PutBack): string {
  if (step.kind !== 'observable.update' && step.kind !== 'observable.delete') return JSON.stringify(step)
  const { observableId: _whichever, ...asked } = step.payload as { observableId: string; change?: object }
  return JSON.stringify([step.kind, step.alertId, asked])
}

/** In their order. What is asked of many observables in a row is one decision, as it was when they were changed. */
export async function decideAll(steps: readonly PutBack[], context: DecisionContext): Promise<void> {
  const rows: [PutBack, ...PutBack[]][] = []
  for (const step of steps) {
    const last = rows.at(-1)
    if (last !== undefined && askedBy(last[0]) === askedBy(step)) last.push(step)
    else rows.push([step])
  }
  for (const [first, ...others] of rows) await decide(first, context, others)
}

/**
 * Each goes the way of every decision: the same checks, the same base, the same undo. `others` ask the same of other observables of the
 * alert.
 */
export function decide(
  step: PutBack,
  context: DecisionContext,
  others: readonly PutBack[] = [],
): Promise<Decided> {
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
      return decideOnChild(step, context, others)
  }
}

function decideOnChild(
  step: PutBack,
  context: DecisionContext,
  others: readonly PutBack[],
): Promise<Decided> {
  const { alertId: id } = step
  const observableIds = [step, ...others].map((one) => childIdOf(one) ?? '')
  switch (step.kind) {
    case 'observable.delete':
      return enrich.deleteObservables({ id, observableIds }, context)
    case 'observable.update':
      return enrich.updateObservables({ id, observableIds, change: step.payload.change }, context)
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
