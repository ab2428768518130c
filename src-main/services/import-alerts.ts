import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { PromoteChoices } from '#shared/model/case.ts'
import { predictCase } from '../domain/predict-case.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { enqueue, makeOperation, newLocalId, seenAlert } from './queue-operations.ts'

/** Promotes to a case of its own. The case exists here at once, so that other alerts can be merged into it offline. */
export async function promoteAlert(
  { id, choices }: { id: string; choices: PromoteChoices },
  context: ServiceContext,
): Promise<Decided & { caseId: string }> {
  mustBeAble('importAlert', context)
  const alert = await seenAlert(id, context)
  mustBeFree(alert)
  const templateName = choices.caseTemplate ?? alert.caseTemplate
  const template = context.catalog().caseTemplates.find((one) => one.name === templateName)
  if (choices.caseTemplate !== undefined && template === undefined)
    throw new ForagerError('rejected', `There is no case template called ${choices.caseTemplate}.`, {
      did: 'Nothing was queued.',
      next: 'Pick one of the listed templates, or none.',
    })
  const caseId = newLocalId(context)
  const facts = { id: caseId, now: context.now(), login: context.session().login }
  const predicted = predictCase(alert, { choices, template }, facts)
  const groupId = context.newId()
  const draft = { kind: 'alert.promote', payload: { choices, predicted } } as const
  enqueue([makeOperation(draft, { alert, alertId: alert.id, groupId }, context)], context)
  return { groupId, count: 1, caseId }
}

/** Merges each alert into the case, which may itself still be waiting to be made. */
export async function mergeAlerts(
  { ids, caseId }: { ids: readonly string[]; caseId: string },
  context: ServiceContext,
): Promise<Decided> {
  mustBeAble('importAlert', context)
  const target = context.book.resolveId(caseId)
  await mustExist(target, context)
  const groupId = context.newId()
  const operations = []
  for (const id of new Set(ids)) {
    const alert = await seenAlert(id, context)
    mustBeFree(alert)
    const draft = { kind: 'alert.merge', payload: { caseId: target } } as const
    operations.push(makeOperation(draft, { alert, alertId: alert.id, groupId }, context))
  }
  enqueue(operations, context)
  return { groupId, count: operations.length }
}

async function mustExist(caseId: string, context: ServiceContext): Promise<void> {
  const waiting = context.book
    .all()
    .some((one) => one.kind === 'alert.promote' && one.payload.predicted.id === caseId)
  if (waiting || (await context.shownCase(caseId)) !== undefined) return
  throw new ForagerError('not-found', 'This case is not in the local copy.', { did: 'Nothing was queued.' })
}

function mustBeFree(alert: Alert): void {
  if (alert.caseId === undefined) return
  throw new ForagerError('rejected', `“${alert.title}” is already in a case.`, {
    did: 'Nothing was queued.',
    next: 'Open its case, or unlink it there first.',
    details: { caseId: alert.caseId },
  })
}
