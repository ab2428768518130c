import { clockSkewMs } from './kind.ts'
import type { KindRules } from './kind.ts'
import { refreshComments } from './refresh.ts'

/**
 * Comments have no key: the same words, by us, at or after our first attempt, not already claimed by another decision of
 * ours, are ours. Inverse: delete the comment.
 */
export const commentAdd: KindRules<'comment.add'> = {
  async send(operation, { server, signal, clock }) {
    const comment = await server.addComment(operation.alertId, operation.payload.message, signal)
    return { done: { at: clock.now(), serverId: comment.id, note: 'The server has the comment.' } }
  },
  async probe(operation, { server, signal, clock, pending }) {
    const since = (operation.firstSentAt ?? operation.createdAt) - clockSkewMs
    const claimed = pending.claimedIds()
    const found = (await server.comments(operation.alertId, signal)).find(
      (comment) =>
        comment.message === operation.payload.message &&
        comment.createdBy === server.session.login &&
        comment.createdAt >= since &&
        !claimed.has(comment.id),
    )
    if (found === undefined) return { notYet: true }
    return {
      done: {
        at: clock.now(),
        serverId: found.id,
        alreadyThere: true,
        note: 'The comment was already there.',
      },
    }
  },
  refresh: (operation, context) => refreshComments(operation.alertId, context),
}
