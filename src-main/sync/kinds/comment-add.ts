import { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId } from '#shared/model/operation.ts'
import { clockSkewMs } from '../../domain/clock-skew.ts'
import type { KindRules, Outcome } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { refreshComments } from './refresh.ts'

/** Which words it had before is not told. */
const inOtherWords = (): Outcome => ({
  error: new ForagerError('conflict', 'A comment of yours on this alert was edited since.', {
    did: 'An earlier attempt may have made it. Nothing was sent again.',
    next: 'Look at the alert: if that comment is this one, nothing is missing; if not, write it anew. Then drop this decision.',
  }),
  isUntold: true,
})

/**
 * Comments have no key: the same words, by us, at or after our first attempt, not already claimed by another decision of
 * ours, are ours. One of ours that was edited since may be it as well: only the analyst can tell. Commutes with everything. Inverse: delete the comment.
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
    const ours = (await server.comments(operation.alertId, signal)).filter(
      (comment) =>
        comment.createdBy === server.session.login && comment.createdAt >= since && !claimed.has(comment.id),
    )
    const found = ours.find(({ message }) => message === operation.payload.message)
    if (found === undefined) return ours.some(({ edited }) => edited) ? inOtherWords() : { notYet: true }
    pending.mapId(localId, found.id)
    return alreadyThere(found.id, 'The comment was already there.', context)
  },
  refresh: (operation, context) => refreshComments(operation.alertId, context),
  doubles: true,
}
