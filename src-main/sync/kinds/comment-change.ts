import type { OperationOf } from '#shared/model/operation.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, comparedWith, lookThenDelete, lookThenSend, taken } from './outcome.ts'
import { mustHave, refreshComments } from './refresh.ts'

async function findComment(alertId: string, id: string, { server, signal }: StepContext) {
  return (await server.comments(alertId, signal)).find((comment) => comment.id === id)
}

async function isEdited(operation: OperationOf<'comment.edit'>, context: StepContext): Promise<StepResult> {
  const { commentId, message } = operation.payload
  const comment = mustHave(await findComment(operation.alertId, commentId, context), 'comment')
  if (comment.message === message) return alreadyThere(commentId, 'The comment already said so.', context)
  return comparedWith(operation, comment, context)
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
  const comment = await findComment(operation.alertId, commentId, context)
  if (comment !== undefined) return comparedWith(operation, comment, context)
  return alreadyThere(commentId, 'The comment was already gone.', context)
}

/** Gone is gone. Read first: a colleague's edit is not deleted unseen. Inverse: add the same words anew. */
export const commentDelete: KindRules<'comment.delete'> = {
  send: (operation, context) =>
    lookThenDelete(
      () => isGone(operation, context),
      async () => {
        await context.server.deleteComment(operation.payload.commentId, context.signal)
        return taken(operation.payload.commentId, 'The server deleted the comment.', context)
      },
    ),
  probe: isGone,
  refresh: (operation, context) => refreshComments(operation.alertId, context),
}
