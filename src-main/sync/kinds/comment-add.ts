import { isLocalId } from '#shared/model/operation.ts'
import { clockSkewMs } from './kind.ts'
import type { KindRules } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { refreshComments } from './refresh.ts'

/**
 * Comments have no key: the same words, by us, at or after our first attempt, not already claimed by another decision of
 * ours, are ours. Commutes with everything. Inverse: delete the comment.
 */
export const commentAdd: KindRules<'comment.add'> = {
  async send({ alertId, payload }, context) {
    const comment = await context.server.addComment(alertId, payload.message, context.signal)
    context.pending.mapId(payload.localId, comment.id)
    return taken(comment.id, 'The server has the comment.', context)
  },
  async probe(operation, context) {
    const { localId } = operation.payload
    if (!isLocalId(localId)) return alreadyThere(localId, 'The server already has the comment.', context)
    const { server, signal, pending } = context
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
    pending.mapId(localId, found.id)
    return alreadyThere(found.id, 'The comment was already there.', context)
  },
  refresh: (operation, context) => refreshComments(operation.alertId, context),
  doubles: true,
}
