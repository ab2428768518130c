import type { OperationOf } from '#shared/model/operation.ts'
import { conflictsWith } from '../../domain/conflicts.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, lookThenSend, notYetUnless, sendOrLook, taken, oursIn } from './outcome.ts'
import { mustHave, refreshComments } from './refresh.ts'

async function findComment(alertId: string, id: string, { server, signal }: StepContext) {
  return (await server.comments(alertId, signal)).find((comment) => comment.id === id)
}

async function isEdited(operation: OperationOf<'comment.edit'>, context: StepContext): Promise<StepResult> {
  const { commentId, message } = operation.payload
  const comment = mustHave(await findComment(operation.alertId, commentId, context), 'comment')
  if (comment.message === message) return alreadyThere(commentId, 'The comment already said so.', context)
  return notYetUnless(conflictsWith(operation, comment, oursIn(context)))
}

/** The words tell. Read first: no pull brings comments. Inverse: edit back to the base words. */
export const commentEdit: KindRules<'comment.edit'> = {
  send: (operation, context) =>
    lookThenSend(
      () => isEdited(operation, context),
      async () => {
        const { commentId, message } = operation.payload
        await context.server.editComment(commentId, message, context.signal)
        return taken(commentId, 'The server has the new words.', context)
      },
    ),
  probe: isEdited,
  refresh: (operation, context) => refreshComments(operation.alertId, context),
}

async function isGone(operation: OperationOf<'comment.delete'>, context: StepContext): Promise<StepResult> {
  const { commentId } = operation.payload
  if ((await findComment(operation.alertId, commentId, context)) !== undefined) return { notYet: true }
  return alreadyThere(commentId, 'The comment was already gone.', context)
}

/** Gone is gone. Inverse: add the same words anew. */
export const commentDelete: KindRules<'comment.delete'> = {
  send: (operation, context) =>
    sendOrLook(
      async () => {
        await context.server.deleteComment(operation.payload.commentId, context.signal)
        return taken(operation.payload.commentId, 'The server deleted the comment.', context)
      },
      () => isGone(operation, context),
    ),
  probe: isGone,
  refresh: (operation, context) => refreshComments(operation.alertId, context),
}
