import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Operation } from '#shared/model/operation.ts'
import { applyEdits } from '../domain/child-edits.ts'
import type { ChildEntity, Children } from '../domain/child-edits.ts'
import { fold } from '../domain/fold.ts'
import type { Effective } from '../domain/fold.ts'
import { foldCase } from '../domain/fold-case.ts'
import type { StoredDetail } from '../store/ports.ts'
import type { DecisionContext } from './context.ts'

/** What waits about an alert or a case, read through the id map. */
export const pendingOn = (id: string, { book }: DecisionContext): Operation[] =>
  [...book.ours().about(id)].map((one) => book.resolved(one))

/** The alert with everything pending on it, even what the cache has not folded yet. One that is being deleted is refused. */
export async function seenAlert(id: string, context: DecisionContext): Promise<Alert> {
  return (await seenDetail(id, context)).effective.alert
}

type Seen = { shown: StoredDetail | undefined; effective: Effective & { alert: Alert } }

async function seenDetail(id: string, context: DecisionContext): Promise<Seen> {
  const resolved = context.book.resolveId(id)
  const shown = await context.shown(resolved)
  const effective = fold(shown?.alert, pendingOn(resolved, context))
  const { alert } = effective
  if (alert === undefined)
    throw new ForagerError('not-found', 'This alert is not in the local copy.', {
      next: 'Go back to the queue and open it again.',
    })
  if (alert.going === true)
    throw new ForagerError('rejected', `“${alert.title}” is about to be deleted.`, {
      did: 'Nothing was queued.',
      next: 'Undo the deletion first; the outbox has it.',
    })
  return { shown, effective: { ...effective, alert } }
}

const listOf = {
  observable: 'observables',
  comment: 'comments',
  procedure: 'procedures',
  attachment: 'attachments',
} as const

/** Children of an alert as the analyst sees them, pending ones and pending edits included. */
export async function seenChildren<E extends ChildEntity>(
  entity: E,
  alertId: string,
  context: DecisionContext,
): Promise<{ alert: Alert; children: Children[E][] }> {
  const { shown, effective } = await seenDetail(alertId, context)
  const pending = effective[listOf[entity]] as Children[E][]
  // A child may be known by the server's id before the cache has been folded anew.
  const stored = ((shown?.[listOf[entity]] ?? []) as Children[E][]).map((child) => ({
    ...child,
    id: context.book.resolveId(child.id),
  }))
  const byId = new Map([...stored, ...pending].map((child) => [child.id, child]))
  return { alert: effective.alert, children: applyEdits(entity, [...byId.values()], effective.edits) }
}

const words: Record<ChildEntity, string> = {
  observable: 'observable',
  comment: 'comment',
  procedure: 'procedure',
  attachment: 'file',
}

/** One of them. */
export async function seenChild<E extends ChildEntity>(
  entity: E,
  { alertId, childId }: { alertId: string; childId: string },
  context: DecisionContext,
): Promise<{ alert: Alert; child: Children[E] }> {
  const { alert, children } = await seenChildren(entity, alertId, context)
  const resolved = context.book.resolveId(childId)
  const child = children.find(({ id }) => id === resolved)
  if (child !== undefined) return { alert, child }
  throw new ForagerError('not-found', `This ${words[entity]} is not in the local copy.`, {
    did: 'Nothing was queued.',
    next: 'Open the alert again.',
  })
}

/** The case with everything pending on it; one that a waiting decision makes counts. */
export async function seenCase(id: string, context: DecisionContext): Promise<Case> {
  const resolved = context.book.resolveId(id)
  const known = (await context.shownCase(resolved)) ?? promisedCase(resolved, context)
  const seen = foldCase(known, pendingOn(resolved, context))
  if (seen !== undefined) return seen
  throw new ForagerError('not-found', 'This case is not in the local copy.', { did: 'Nothing was queued.' })
}

const promisedCase = (id: string, { book }: DecisionContext): Case | undefined =>
  book
    .all()
    .flatMap((one) => (one.kind === 'alert.promote' ? [one.payload.predicted] : []))
    .find((one) => one.id === id)
