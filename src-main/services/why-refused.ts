import { asForagerError } from '#shared/errors/convert.ts'
import type { Ability } from '#shared/model/session.ts'
import type { OperationKind } from '#shared/model/operation.ts'
import type { PutBack } from '../domain/put-back.ts'
import { caseEffect, mustBeAbleToChangeCase } from './change-cases.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { seenAlert, seenCase } from './seen.ts'
import { effectOf, mustBeAbleToChange } from './triage.ts'

const abilityFor: { [K in OperationKind]?: Ability } = {
  'alert.read': 'markRead',
  'alert.follow': 'followAlert',
  'alert.unlink': 'unlinkAlert',
  'alert.merge': 'importAlert',
  'alert.delete': 'deleteAlert',
  'observable.update': 'changeObservable',
  'observable.delete': 'changeObservable',
  'comment.edit': 'comment',
  'comment.delete': 'comment',
  'procedure.edit': 'procedure',
  'procedure.delete': 'procedure',
  'attachment.delete': 'attachment',
}

/** Why a decision would be refused, asked before it is made; undefined when nothing speaks against it. */
export async function whyRefused(step: PutBack, context: ServiceContext): Promise<string | undefined> {
  try {
    const ability = abilityFor[step.kind]
    if (ability !== undefined) mustBeAble(ability, context)
    if (step.kind === 'alert.update') {
      mustBeAbleToChange(step.payload.change, context)
      effectOf(step.payload.change, await seenAlert(step.alertId, context), context)
    }
    if (step.kind === 'case.update') {
      mustBeAbleToChangeCase(step.payload.change, context)
      caseEffect(step.payload.change, await seenCase(step.alertId, context), context)
    }
    return undefined
  } catch (thrown) {
    const error = asForagerError(thrown)
    if (error.kind === 'bug') throw error
    return error.message
  }
}
