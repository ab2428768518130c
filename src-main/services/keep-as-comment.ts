import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { childIdOf } from '../domain/target.ts'
import { dependentsOf } from '../domain/waits-for.ts'
import { mustBeHere } from './away.ts'
import type { ServiceContext } from './context.ts'
import { addComment } from './discuss.ts'
import { changesOf } from './operation-changes.ts'
import { sentenceOf } from './operation-sentence.ts'
import { dropOperation, mustFind } from './outbox.ts'

/** The comment is durable before the decision it was made of goes. */
export async function keepAsComment({ id }: { id: string }, context: ServiceContext): Promise<Decided> {
  const operation = mustBeHomeless(mustFind(id, context))
  mustBeHere([operation])
  if (dependentsOf([id], context.book.all()).length > 0)
    throw new ForagerError('rejected', 'Later decisions are built on this one.', {
      did: 'It stays as it was.',
      next: 'Drop it with them, or drop them first.',
    })
  const message = await commentOf(operation, context)
  const decided = await addComment({ id: operation.alertId, message }, context)
  await dropOperation({ id, together: [] }, context)
  return decided
}

/** Refused because what it edits is gone, on an alert that is there. */
function mustBeHomeless(operation: Operation): Operation {
  const { state, gone } = operation
  const isChild = gone?.what === 'observable' || gone?.what === 'comment' || gone?.what === 'procedure'
  if (state === 'rejected' && isChild) return operation
  throw new ForagerError('rejected', 'This is not about something that was deleted on an alert.', {
    did: 'It stays as it was.',
    next: 'Look at it again.',
  })
}

/** The words of a comment as they are; of anything else what it would have set, line by line. */
async function commentOf(operation: Operation, context: ServiceContext): Promise<string> {
  if (operation.kind === 'comment.edit')
    return `Written for a comment that was deleted meanwhile:\n\n${operation.payload.message}`
  const what =
    operation.kind === 'observable.update' ? await observableName(operation, context) : 'A procedure'
  const changes = changesOf(operation).map(({ name, after }) => `- ${name}: ${after}`)
  const decided = sentenceOf(operation, (caseId) => caseId)
  return [`${what} was deleted before this arrived: ${decided}`, ...changes].join('\n')
}

async function observableName(operation: Operation, context: ServiceContext): Promise<string> {
  const { book, shown } = context
  const { alertId } = book.resolved(operation)
  const id = book.resolveId(childIdOf(operation) ?? '')
  const found = (await shown(alertId))?.observables.find((one) => one.id === id)
  const name = found?.data ?? found?.attachment?.name
  return name === undefined ? 'An observable' : `The observable ${name}`
}
