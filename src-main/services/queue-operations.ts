import type { Decided } from '#shared/contract/alert-calls.ts'
import type { Alert } from '#shared/model/alert.ts'
import { isLocalId, localIdPrefix, untilAnalyst } from '#shared/model/operation.ts'
import type { Operation, OperationKind, PayloadOf } from '#shared/model/operation.ts'
import type { SeenById, SeenValues } from '#shared/model/seen-values.ts'
import { begunOn } from '../domain/begun-on.ts'
import { baseFor } from '../domain/conflicts.ts'
import type { Compared } from '../domain/conflicts.ts'
import { caseIdOf, childIdOf, childIdsAddedBy, promisedCaseId, sameTarget } from '../domain/target.ts'
import type { DecisionContext } from './context.ts'
import { seenAlert } from './seen.ts'

export type Draft = { [K in OperationKind]: { kind: K; payload: PayloadOf<K> } }[OperationKind]

/** A local id; it stands for the server's until the server has given one. */
export const newLocalId = (context: Pick<DecisionContext, 'newId'>): string =>
  `${localIdPrefix}${context.newId()}`

/**
 * `seen` is what the analyst sees of the thing the decision is about, `before` what they saw when the edit began. For decisions about cases
 * `alertId` is the case's.
 */
export type About = {
  seen: Compared | undefined
  alertId: string
  groupId: string
  before?: SeenValues | undefined
}

/** Turns a draft into an operation: base values, dependencies, undo window. */
export function makeOperation(draft: Draft, about: About, context: DecisionContext): Operation {
  const { seen, before } = about
  const operation = newOperation(draft, about, context)
  if (seen === undefined || before === undefined) return operation
  return begunOn(operation, before, { seen, ours: oursOn(operation, context) })
}

function newOperation(draft: Draft, { seen, alertId, groupId }: About, context: DecisionContext): Operation {
  const createdAt = context.now()
  return {
    ...draft,
    id: context.newId(),
    version: 1,
    alertId,
    groupId,
    base: { ...baseFor(draft, seen), ...tagsSeen(draft, seen) },
    author: context.session().login,
    dependsOn: dependenciesOf(draft, alertId, context),
    state: 'held',
    attempts: 0,
    mustVerify: false,
    notBefore: endOfWindow(createdAt, context),
    createdAt,
  } as Operation
}

/** Pending decisions of ours about the very same thing. */
const oursOn = (operation: Operation, { book }: DecisionContext): Operation[] =>
  [...book.ours().about(operation.alertId)].filter((other) =>
    sameTarget(operation, other, (id) => book.resolveId(id)),
  )

/** Tags commute, so they are not compared; what was there tells later what a decision added. */
function tagsSeen({ payload }: Draft, seen: Compared | undefined): { tags?: string[] } {
  const { addTags, removeTags } =
    (payload as { change?: { addTags?: string[]; removeTags?: string[] } }).change ?? {}
  const { tags } = (seen ?? {}) as { tags?: string[] }
  return tags === undefined || (addTags ?? removeTags) === undefined ? {} : { tags }
}

/** Until then the decision rests: time to press Z. */
function endOfWindow(decidedAt: number, { settings }: DecisionContext): number {
  const { undoWindow } = settings()
  return undoWindow === 'until-sent' ? untilAnalyst : decidedAt + undoWindow * 1_000
}

/** Whatever is decided about something unsent follows it: an alert, a case, or a child of an alert. */
function dependenciesOf(draft: Draft, alertId: string, { book }: DecisionContext): string[] {
  const childId = childIdOf(draft)
  const cases = [alertId, caseIdOf(draft)]
  // What the server has an id for, nobody here is about to make.
  if (![childId, ...cases].some((id) => id !== undefined && isLocalId(id))) return []
  return book
    .all()
    .filter(
      (other) =>
        (other.kind === 'alert.create' && other.alertId === alertId) ||
        (childId !== undefined && childIdsAddedBy(other).includes(childId)) ||
        cases.includes(promisedCaseId(other) ?? none),
    )
    .map((other) => other.id)
}

/** No id is empty. */
const none = ''

/** Durable when it returns. The cache is folded right after; screens hear of it by event. */
export function enqueue(operations: readonly Operation[], context: DecisionContext): void {
  context.book.append(operations).catch(context.foldFailed)
  context.queued()
}

/** One decision an alert, one group for undo. Nothing is queued when one of them is refused. */
export async function decideOnAlerts(
  ids: readonly string[],
  draftOf: (alert: Alert, before: SeenValues | undefined) => Draft,
  context: DecisionContext,
  before: SeenById = {},
): Promise<Decided> {
  const groupId = context.newId()
  const operations = []
  for (const id of new Set(ids)) {
    const alert = await seenAlert(id, context)
    const about = { seen: alert, alertId: alert.id, groupId, before: before[id] }
    operations.push(makeOperation(draftOf(alert, before[id]), about, context))
  }
  enqueue(operations, context)
  return { groupId, count: operations.length }
}
