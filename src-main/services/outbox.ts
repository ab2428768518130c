import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isAway } from '../domain/carried.ts'
import { comparedFirst } from '../domain/compared-first.ts'
import { dueAtOnce } from '../domain/due-at-once.ts'
import { dependentsOf } from '../domain/waits-for.ts'
import { needsAttention } from '../domain/next-operation.ts'
import { mustBeHere } from './away.ts'
import type { ServiceContext } from './context.ts'

/** True until a first byte may have left. */
export const undoable = (operation: Operation): boolean =>
  operation.state !== 'sending' && operation.state !== 'sent' && !operation.mustVerify

/** Takes a gesture back; the server never hears of it. What has left already stays and is not counted. */
export async function undoGroup(groupId: string, context: ServiceContext): Promise<{ count: number }> {
  const together = context.book.all().filter((one) => one.groupId === groupId)
  mustBeHere(together)
  const group = together.filter(undoable)
  if (group.length === 0)
    throw new ForagerError('rejected', 'This is no longer waiting: it was sent or taken back.', {
      next: 'What was sent can be put back from its receipt, in the outbox.',
    })
  nothingBuildsOn(group, context)
  await context.book.remove(group)
  return { count: group.length }
}

/** Nothing but the analyst's word moves it on. */
const standsStill = (operation: Operation): boolean => needsAttention(operation) || isAway(operation)

/** Drops one operation on the analyst's word, and what was built on it, of which `together` was told. */
export async function dropOperation(
  { id, together }: { id: string; together: readonly string[] },
  context: ServiceContext,
): Promise<{ count: number }> {
  const first = mustFind(id, context)
  const dropped = [first, ...dependentsOf([id], context.book.all())]
  // What waits for one that goes nowhere cannot be asked about before: an attempt of its own that may have taken hold keeps nothing here.
  const waitInVain = standsStill(first)
  if (!dropped.every((one) => undoable(one) || standsStill(one) || (waitInVain && one.state !== 'sending')))
    throw new ForagerError(
      'rejected',
      'This, or what was built on it, may already be on its way; Forager has to ask the server first.',
      { did: 'Nothing was dropped.', next: 'Wait until it is settled.' },
    )
  const untold = dropped.filter((one) => one.id !== id && !together.includes(one.id))
  if (untold.length > 0)
    throw new ForagerError('rejected', `${untold.length} more decisions are built on this one.`, {
      did: 'Nothing was dropped.',
      next: 'Look at what falls with it, and drop them together.',
      details: { followers: untold.length },
    })
  await context.book.remove(dropped)
  return { count: dropped.length }
}

/**
 * Another try. Whatever may have happened is asked about first; what is in conflict and was never tried is compared once more, for
 * only a choice writes over a colleague's value.
 */
export function retryOperation(id: string, context: ServiceContext): void {
  const operation = mustFind(id, context)
  if (operation.state === 'sending') return
  mustBeHere([operation])
  const { lastError: _cleared, gone: _seen, ...rest } = operation
  const mustVerify = operation.mustVerify || operation.attempts > 0 || operation.carried !== undefined
  const notBefore = dueAtOnce(operation, context.now())
  const again = { ...rest, state: 'ready', mustVerify, notBefore } as Operation
  context.book.save(operation.state === 'conflict' && !mustVerify ? comparedFirst(again) : again)
  context.queued()
}

export function mustFind(id: string, context: ServiceContext): Operation {
  const operation = context.book.get(id)
  if (operation === undefined)
    throw new ForagerError('not-found', 'This is no longer waiting: it was sent or taken back.', {})
  return operation
}

function nothingBuildsOn(removed: readonly Operation[], { book }: ServiceContext): void {
  const ids = new Set(removed.map((one) => one.id))
  const followers = book.all().filter((one) => !ids.has(one.id) && one.dependsOn.some((id) => ids.has(id)))
  if (followers.length === 0) return
  throw new ForagerError('rejected', `${followers.length} later decisions build on this one.`, {
    did: 'Nothing was taken back.',
    next: 'Take those back first; the outbox lists them.',
    details: { followers: followers.length },
  })
}
