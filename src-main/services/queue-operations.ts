import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import { localIdPrefix } from '#shared/model/operation.ts'
import type { Operation, OperationKind, PayloadOf } from '#shared/model/operation.ts'
import { baseFor } from '../domain/conflicts.ts'
import { fold } from '../domain/fold.ts'
import type { ServiceContext } from './context.ts'

/** How long a decision rests before it is sent: time to press Z. Milliseconds. */
export const undoWindowMs = 10_000

export type Draft = { [K in OperationKind]: { kind: K; payload: PayloadOf<K> } }[OperationKind]

/** A local id; it stands for the server's until the server has given one. */
export const newLocalId = (context: Pick<ServiceContext, 'newId'>): string =>
  `${localIdPrefix}${context.newId()}`

/** The alert with everything pending on it, even what the cache has not folded yet. */
export async function seenAlert(id: string, context: ServiceContext): Promise<Alert> {
  const resolved = context.book.resolveId(id)
  const pending = context.book.all().map((one) => context.book.resolved(one))
  const mine = pending.filter((one) => one.alertId === resolved)
  const seen = fold(await context.shownAlert(resolved), mine).alert
  if (seen === undefined)
    throw new ForagerError('not-found', 'This alert is not in the local copy.', {
      next: 'Go back to the queue and open it again.',
    })
  return seen
}

/** Turns a draft into an operation: base values, dependencies, undo window. */
export function makeOperation(
  draft: Draft,
  about: { alert: Alert | undefined; alertId: string; groupId: string },
  context: ServiceContext,
): Operation {
  const { alert, alertId, groupId } = about
  const createdAt = context.now()
  return {
    ...draft,
    id: context.newId(),
    version: 1,
    alertId,
    groupId,
    base: baseFor(draft, alert),
    author: context.session().login,
    dependsOn: dependenciesOf(draft, alertId, context),
    state: 'held',
    attempts: 0,
    mustVerify: false,
    notBefore: createdAt + undoWindowMs,
    createdAt,
  } as Operation
}

/** Whatever is decided about something unsent follows it. */
function dependenciesOf(draft: Draft, alertId: string, { book }: ServiceContext): string[] {
  const caseId = draft.kind === 'alert.merge' ? draft.payload.caseId : undefined
  return book
    .all()
    .filter(
      (other) =>
        (other.kind === 'alert.create' && other.alertId === alertId) ||
        (other.kind === 'alert.promote' && other.payload.predicted.id === caseId),
    )
    .map((other) => other.id)
}

/** Durable when it returns. The cache is folded right after; screens hear of it by event. */
export function enqueue(operations: readonly Operation[], context: ServiceContext): void {
  context.book.append(operations).catch(context.foldFailed)
  context.queued()
}
