import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { needsAttention } from '../domain/next-operation.ts'
import type { ServiceContext } from './context.ts'

/** True until a first byte may have left. */
export const undoable = (operation: Operation): boolean =>
  operation.state !== 'sending' && operation.state !== 'sent' && !operation.mustVerify

/** Takes a gesture back; the server never hears of it. What has left already stays and is not counted. */
export async function undoGroup(groupId: string, context: ServiceContext): Promise<{ count: number }> {
  const group = context.book.all().filter((one) => one.groupId === groupId && undoable(one))
  if (group.length === 0)
    throw new ForagerError('rejected', 'This has already been sent, so it cannot be taken back here.', {
      next: 'Change it back by hand; the outbox shows the receipt.',
    })
  nothingBuildsOn(group, context)
  await context.book.remove(group)
  return { count: group.length }
}

/** Drops one operation on the analyst's word. */
export async function dropOperation(id: string, context: ServiceContext): Promise<void> {
  const operation = mustFind(id, context)
  if (!undoable(operation) && !needsAttention(operation))
    throw new ForagerError(
      'rejected',
      'This may already be on its way; Forager has to ask the server first.',
      {
        next: 'Wait until it is settled.',
      },
    )
  nothingBuildsOn([operation], context)
  await context.book.remove([operation])
}

/** Another try. Whatever may have happened is asked about first. */
export function retryOperation(id: string, context: ServiceContext): void {
  const operation = mustFind(id, context)
  if (operation.state === 'sending') return
  const { lastError: _cleared, ...rest } = operation
  context.book.save({
    ...rest,
    state: 'ready',
    mustVerify: operation.attempts > 0,
    notBefore: context.now(),
  } as Operation)
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
