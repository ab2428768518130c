import { forbidden } from '../state/errors.ts'
import type { Comment, Parent } from '../state/types.ts'
import { audit } from './audits.ts'
import { requirePermission, sha256, type Context } from './context.ts'

/** Does not stamp the parent. */
export function addComment(
  context: Context,
  parent: Parent,
  draft: { message: string; external: boolean },
): Comment {
  requirePermission(context, 'manageComment')
  const comment = context.state.keep<Comment>({
    ...context.state.stamps(context.actor.user.login),
    kind: 'comment',
    parent,
    message: draft.message,
    external: draft.external,
  })
  parent.comments.push(comment)
  context.space.comments.add(comment)
  audit(context, 'create', comment)
  context.effect(`comment ${parent.id} by ${context.actor.user.login}: sha256:${sha256(draft.message)}`)
  return comment
}

export function updateComment(context: Context, comment: Comment, message: string): void {
  requireOwn(context, comment)
  comment.message = message
  context.space.comments.stamp(comment, context.actor.user.login, context.state.clock.now())
  audit(context, 'update', comment, { details: { message } })
  context.effect(`update comment ${comment.id}: sha256:${sha256(message)}`)
}

export function deleteComment(context: Context, comment: Comment): void {
  requireOwn(context, comment)
  audit(context, 'delete', comment)
  context.space.comments.remove(comment)
  context.state.forget(comment)
  comment.parent.comments.splice(comment.parent.comments.indexOf(comment), 1)
  context.effect(`delete comment ${comment.id}`)
}

/** A comment is its author's to change [inferred]. */
function requireOwn(context: Context, comment: Comment): void {
  requirePermission(context, 'manageComment')
  if (comment.createdBy !== context.actor.user.login) throw forbidden()
}
