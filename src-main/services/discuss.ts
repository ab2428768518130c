import type { Decided } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ProcedureChange, ProcedureInput } from '#shared/model/procedure.ts'
import type { SeenValues } from '#shared/model/seen-values.ts'
import type { ChildEntity } from '../domain/child-edits.ts'
import type { DecisionContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { decideOnAlerts, enqueue, makeOperation, newLocalId } from './queue-operations.ts'
import type { Draft } from './queue-operations.ts'
import { seenChild } from './seen.ts'

type OnAlert = { id: string }
/** What the analyst saw when the edit began. */
type Begun = { before?: SeenValues | undefined }

export async function addComment(
  { id, message }: OnAlert & { message: string },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('comment', context)
  const draft: Draft = { kind: 'comment.add', payload: { localId: newLocalId(context), message } }
  return decideOnAlerts([id], () => draft, context)
}

export async function editComment(
  { id, commentId, message, before }: OnAlert & Begun & { commentId: string; message: string },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('comment', context)
  const draftOf = (child: string): Draft => ({ kind: 'comment.edit', payload: { commentId: child, message } })
  return decideOnChild({ entity: 'comment', alertId: id, childId: commentId, before }, draftOf, context)
}

export async function deleteComment(
  { id, commentId }: OnAlert & { commentId: string },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('comment', context)
  const draftOf = (child: string): Draft => ({ kind: 'comment.delete', payload: { commentId: child } })
  return decideOnChild({ entity: 'comment', alertId: id, childId: commentId }, draftOf, context)
}

/** A technique with several tactics needs one chosen: the server refuses to guess (5.2.6). */
export async function addProcedure(
  { id, input }: OnAlert & { input: ProcedureInput },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('procedure', context)
  const technique = context.catalog().techniques.find(({ patternId }) => patternId === input.patternId)
  if (input.tactic === undefined && technique !== undefined && technique.tactics.length > 1)
    throw new ForagerError('rejected', `${technique.name} belongs to several tactics.`, {
      did: 'Nothing was queued.',
      next: `Pick one of ${technique.tactics.join(', ')}.`,
    })
  const draft: Draft = { kind: 'procedure.add', payload: { localId: newLocalId(context), input } }
  return decideOnAlerts([id], () => draft, context)
}

export async function editProcedure(
  { id, procedureId, change, before }: OnAlert & Begun & { procedureId: string; change: ProcedureChange },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('procedure', context)
  const draftOf = (child: string): Draft => ({
    kind: 'procedure.edit',
    payload: { procedureId: child, change },
  })
  return decideOnChild({ entity: 'procedure', alertId: id, childId: procedureId, before }, draftOf, context)
}

export async function deleteProcedure(
  { id, procedureId }: OnAlert & { procedureId: string },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('procedure', context)
  const draftOf = (child: string): Draft => ({ kind: 'procedure.delete', payload: { procedureId: child } })
  return decideOnChild({ entity: 'procedure', alertId: id, childId: procedureId }, draftOf, context)
}

export async function deleteAttachment(
  { id, attachmentId }: OnAlert & { attachmentId: string },
  context: DecisionContext,
): Promise<Decided> {
  mustBeAble('attachment', context)
  const draftOf = (child: string): Draft => ({ kind: 'attachment.delete', payload: { attachmentId: child } })
  return decideOnChild({ entity: 'attachment', alertId: id, childId: attachmentId }, draftOf, context)
}

/** What is decided about a child that is still to be sent follows it. */
async function decideOnChild(
  { entity, alertId, childId, before }: Begun & { entity: ChildEntity; alertId: string; childId: string },
  draftOf: (childId: string) => Draft,
  context: DecisionContext,
): Promise<Decided> {
  const { alert, child } = await seenChild(entity, { alertId, childId }, context)
  const groupId = context.newId()
  const about = { seen: child, alertId: alert.id, groupId, before }
  enqueue([makeOperation(draftOf(child.id), about, context)], context)
  return { groupId, count: 1 }
}
