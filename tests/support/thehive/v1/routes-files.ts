import { noContent } from '../http/reply.ts'
import { route, since, type Call, type Route } from '../http/router.ts'
import { addFiles, removeFile } from '../semantics/attachments.ts'
import type { Attachment } from '../state/types.ts'
import { download, inline } from './download.ts'
import { attachmentOf } from './lookups.ts'
import { attachmentsReply, uploadOf } from './routes-children.ts'

/** Any attachment of the organisation by its `_id`; its own files and uploads also by their hash. */
function anyAttachment({ context, params }: Call): Attachment {
  const held = context.state.find('attachment', params.attachmentId ?? '')
  if (held?.organisation === context.actor.organisation) return held
  return attachmentOf([...context.space.files, ...context.space.uploads], params.attachmentId)
}

/** The organisation's files, and what its people upload for later use. */
export const fileRoutes: Route[] = [
  route('POST', '/api/v1/attachment', (call) =>
    attachmentsReply(call, addFiles(call.context, 'files', uploadOf(call))),
  ),
  route('DELETE', '/api/v1/attachment/:attachmentId', (call) => {
    removeFile(call.context, attachmentOf(call.context.space.files, call.params.attachmentId))
    return noContent
  }),
  ...since('5.4.6', [
    route('GET', '/api/v1/attachment/:attachmentId', (call) => inline(anyAttachment(call), call)),
    route('GET', '/api/v1/attachment/:attachmentId/download', (call) => download(anyAttachment(call), call)),
  ]),
  ...since('5.5.0', [
    route('POST', '/api/v1/user/current/attachments', (call) =>
      attachmentsReply(call, addFiles(call.context, 'uploads', uploadOf(call))),
    ),
  ]),
]
