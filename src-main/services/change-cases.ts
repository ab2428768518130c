import type { Decided } from '#shared/contract/alert-calls.ts'
import type { Case, CaseChange, CaseInput } from '#shared/model/case.ts'
import type { PayloadOf } from '#shared/model/operation.ts'
import type { SeenById, SeenValues } from '#shared/model/seen-values.ts'
import { predictNewCase } from '../domain/predict-case.ts'
import type { DecisionContext } from './context.ts'
import { factsOf, templateBy } from './import-alerts.ts'
import { mustBeAble, mustKnowTlp } from './permissions.ts'
import { enqueue, makeOperation, newLocalId } from './queue-operations.ts'
import { seenCase } from './seen.ts'
import { knownStatus, mustHaveMandatory } from './stage-rules.ts'

/** The case is here at once, so that alerts can be merged into it before the server has it. */
export async function createCase(
  { input }: { input: CaseInput },
  context: DecisionContext,
): Promise<Decided & { caseId: string }> {
  mustBeAble('createCase', context)
  mustKnowTlp(input.tlp, context)
  const caseId = newLocalId(context)
  const template = templateBy(input.caseTemplate, context)
  const predicted = predictNewCase(input, { template }, factsOf(caseId, context))
  const groupId = context.newId()
  const draft = { kind: 'case.create', payload: { input, predicted } } as const
  enqueue([makeOperation(draft, { seen: undefined, alertId: caseId, groupId }, context)], context)
  return Promise.resolve({ groupId, count: 1, caseId })
}

/** One change over many cases: one operation each, one group for undo. Closing and reopening are a status of another stage. */
export async function updateCases(
  { ids, change, before = {} }: { ids: readonly string[]; change: CaseChange; before?: SeenById | undefined },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAbleToChangeCase(change, context)
  const groupId = context.newId()
  const operations = []
  for (const id of new Set(ids)) {
    const seen = await seenCase(id, context)
    const draft = {
      kind: 'case.update',
      payload: { change, effect: caseEffect(change, seen, context, before[id]) },
    } as const
    const about = { seen, alertId: seen.id, groupId, before: before[id] }
    operations.push(makeOperation(draft, about, context))
  }
  enqueue(operations, context)
  return { groupId, count: operations.length }
}

export function mustBeAbleToChangeCase(change: CaseChange, context: DecisionContext): void {
  mustBeAble('updateCase', context)
  mustKnowTlp(change.tlp, context)
}

/** What a new status leads to. @throws ForagerError when it may not be reached from what was seen */
export function caseEffect(
  change: CaseChange,
  seen: Case,
  context: DecisionContext,
  before?: SeenValues,
): PayloadOf<'case.update'>['effect'] {
  if (change.status === undefined) return {}
  const { stage } = knownStatus(change.status, context.catalog().caseStatuses)
  if (stage === 'Closed' && seen.stage !== 'Closed') {
    mustBeAble('closeCase', context)
    mustHaveMandatory(seen, { change, before }, context)
  }
  if (stage !== 'Closed' && seen.stage === 'Closed') mustBeAble('reopenCase', context)
  return { stage }
}
