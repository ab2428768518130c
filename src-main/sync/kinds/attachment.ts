import { isLocalId } from '#shared/model/operation.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import { mustHaveBegunHere } from './began-here.ts'
import type { KindRules, StepContext, StepResult } from './kind.ts'
import { alreadyThere, lookThenDelete, taken } from './outcome.ts'
import { refreshAttachments } from './refresh.ts'

async function isThere(operation: OperationOf<'attachment.add'>, context: StepContext): Promise<StepResult> {
  const { attachment, localId } = operation.payload
  if (!isLocalId(localId)) return alreadyThere(localId, 'The server already has this file.', context)
  const there = await context.server.attachments(operation.alertId, context.signal)
  const claimed = context.pending.claimedIds()
  const found = there.find((one) => one.sha256 === attachment.sha256 && !claimed.has(one.id))
  if (found === undefined) return { notYet: true }
  context.pending.mapId(localId, found.id)
  return alreadyThere(found.id, 'The server already had this file.', context)
}

/** A file is its SHA-256: the server's list tells whether it arrived. Commutes with everything. Inverse: delete it. */
export const attachmentAdd: KindRules<'attachment.add'> = {
  async send({ alertId, payload }, context) {
    const file = await context.specimens.upload(payload.specimenId)
    const made = await context.server.addAttachment(alertId, file, context.signal)
    context.pending.mapId(payload.localId, made.id)
    return taken(made.id, `The server has ${made.name}.`, context)
  },
  probe: isThere,
  refresh: (operation, context) => refreshAttachments(operation.alertId, context),
  doubles: true,
}

async function isGone(
  operation: OperationOf<'attachment.delete'>,
  context: StepContext,
): Promise<StepResult> {
  const { attachmentId } = operation.payload
  const there = await context.server.attachments(operation.alertId, context.signal)
  const found = there.find(({ id }) => id === attachmentId)
  if (found === undefined) return alreadyThere(attachmentId, 'The file was already gone.', context)
  mustHaveBegunHere(operation, found, context)
  return { notYet: true }
}

/** Gone is gone. Read first: somebody else's is not deleted for ours. Inverse: attach the file anew. */
export const attachmentDelete: KindRules<'attachment.delete'> = {
  send: (operation, context) =>
    lookThenDelete(
      () => isGone(operation, context),
      async () => {
        const { alertId, payload } = operation
        await context.server.deleteAttachment({ alertId, id: payload.attachmentId }, context.signal)
        return taken(payload.attachmentId, 'The server deleted the file.', context)
      },
    ),
  probe: isGone,
  refresh: (operation, context) => refreshAttachments(operation.alertId, context),
}
