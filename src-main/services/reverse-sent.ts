import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ReversalPlan } from '#shared/model/reversal.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Case } from '#shared/model/case.ts'
import { fold } from '../domain/fold.ts'
import { applyEdits } from '../domain/child-edits.ts'
import { inverseOf } from '../domain/inverse.ts'
import type { Now, PutBack } from '../domain/put-back.ts'
import { isAboutCase } from '../domain/fold-case.ts'
import { updateCases } from './change-cases.ts'
import type { ServiceContext } from './context.ts'
import * as discuss from './discuss.ts'
import * as enrich from './enrich.ts'
import { mergeAlerts, unlinkAlert } from './import-alerts.ts'
import { sentenceOf } from './operation-sentence.ts'
import { deleteAlerts, followAlerts, readAlerts, updateAlerts } from './triage.ts'
import { whyRefused } from './why-refused.ts'

export type ReverseContext = ServiceContext & {
  /** A decision the server has, as it was sent. */
  receipt: (id: string) => Operation | undefined
}

type Step = {
  id: string
  operation: Operation
  putBack: PutBack
  sentence: string
  refused: string | undefined
}
type Planned = {
  steps: Step[]
  left: { operation: Operation; reason: string }[]
  titles: Map<string, string>
}

/** What can be put back of what was sent, newest first, and what cannot, with the reasons. Nothing is queued. */
export async function reversalPlan(ids: readonly string[], context: ReverseContext): Promise<ReversalPlan> {
  const { steps, left, titles } = await planned(ids, context)
  const about = ({ alertId }: Operation): string => titles.get(alertId) ?? 'something not in the local copy'
  return {
    steps: steps
      .filter(({ refused }) => refused === undefined)
      .map(({ id, sentence, operation }) => ({ id, sentence, title: about(operation) })),
    left: [
      ...steps.flatMap(({ operation, sentence, refused }) =>
        refused === undefined ? [] : [{ title: about(operation), reason: `${sentence}: ${refused}` }],
      ),
      ...left.map(({ operation, reason }) => ({ title: about(operation), reason })),
    ],
  }
}

/** Queues the steps the analyst saw and chose, as ordinary decisions. Nothing is queued when one of them is not there any more. */
export async function reverseSent(
  { ids, steps: chosen }: { ids: readonly string[]; steps: readonly string[] },
  context: ReverseContext,
): Promise<{ groupIds: string[]; count: number }> {
  const { steps } = await planned(ids, context)
  const found = steps.filter(({ id, refused }) => refused === undefined && chosen.includes(id))
  if (found.length !== chosen.length)
    throw new ForagerError('rejected', 'What you saw has changed since.', {
      did: 'Nothing was queued.',
      next: 'Look at the list again.',
    })
  const groupIds: string[] = []
  let count = 0
  for (const { putBack } of found) {
    const decided = await decide(putBack, context)
    groupIds.push(decided.groupId)
    count += decided.count
  }
  return { groupIds, count }
}

async function planned(ids: readonly string[], context: ReverseContext): Promise<Planned> {
  const sent = ids.flatMap((id) => context.receipt(id) ?? [])
  if (sent.length < ids.length)
    throw new ForagerError('not-found', 'This was not sent, or its receipt is not here.', {
      next: 'What waits can be undone in the outbox.',
    })
  const result: Planned = { steps: [], left: [], titles: new Map() }
  for (const one of sent.toSorted((a, b) => (b.receipt?.at ?? 0) - (a.receipt?.at ?? 0))) {
    const operation = context.book.resolved(one)
    const now = await nowOf(operation, context)
    const title = (isAboutCase(operation) ? now.case : now.alert)?.title
    if (title !== undefined) result.titles.set(operation.alertId, title)
    const { putBack, left } = inverseOf(operation, now)
    for (const step of putBack)
      result.steps.push({
        // What it does is its name: what was confirmed is what is done, or nothing is.
        id: JSON.stringify([operation.id, step]),
        operation,
        putBack: step,
        sentence: sentenceOf({ ...operation, ...step, base: {} } as Operation, now.caseName),
        refused: await whyRefused(step, context),
      })
    result.left.push(...left.map((reason) => ({ operation, reason })))
  }
  return result
}

/** What is there now, with everything pending on it. */
async function nowOf(operation: Operation, context: ReverseContext): Promise<Now> {
  const cases = await casesNear(operation, context)
  const caseName = (id: string): string => {
    const number = cases.get(id)?.number
    return number === undefined ? 'the case' : `case #${number}`
  }
  const empty = { observables: [], comments: [], procedures: [], attachments: [], caseName }
  if (isAboutCase(operation)) return { ...empty, case: cases.get(operation.alertId) }
  const shown = await context.shown(operation.alertId)
  if (shown === undefined) return empty
  const pending = context.book.all().map((one) => context.book.resolved(one))
  const { alert, edits } = fold(
    shown.alert,
    pending.filter((one) => one.alertId === operation.alertId),
  )
  return {
    ...{ alert, caseName },
    observables: applyEdits('observable', shown.observables, edits),
    comments: applyEdits('comment', shown.comments, edits),
    procedures: applyEdits('procedure', shown.procedures, edits),
    attachments: applyEdits('attachment', shown.attachments, edits),
  }
}

async function casesNear(operation: Operation, context: ReverseContext): Promise<Map<string, Case>> {
  const { payload } = operation as { payload: { caseId?: string; predicted?: Case } }
  const ids = [isAboutCase(operation) ? operation.alertId : undefined, payload.caseId, payload.predicted?.id]
  const cases = new Map<string, Case>()
  for (const id of ids) {
    const found = id === undefined ? undefined : await context.shownCase(id)
    if (id !== undefined && found !== undefined) cases.set(id, found)
  }
  return cases
}

/** Each goes the way of every decision: the same checks, the same base, the same undo. */
function decide(step: PutBack, context: ServiceContext): Promise<Decided> {
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

function decideOnChild(step: PutBack, context: ServiceContext): Promise<Decided> {
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
