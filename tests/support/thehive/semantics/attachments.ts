import { badRequest } from '../state/errors.ts'
import type { Attachment, Parent } from '../state/types.ts'
import { requirePermission, type Context } from './context.ts'
import type { FileInput } from './drafts.ts'
import { storeFile } from './observables.ts'

const permissionFor = (parent: Parent) =>
  parent.kind === 'alert' ? 'manageAlert/update' : 'manageCase/update'

/** Does not stamp the parent. */
export function addAttachments(context: Context, parent: Parent, files: readonly FileInput[]): Attachment[] {
  requirePermission(context, permissionFor(parent))
  if (files.length === 0) throw badRequest('No attachment in the request')
  return files.map((file) => {
    const attachment = storeFile(context, file, context.state.clock.now())
    parent.attachments.push(attachment)
    context.effect(`attachment ${parent.id} sha256:${file.blob.sha256}`)
    return attachment
  })
}

export function removeAttachment(context: Context, parent: Parent, attachment: Attachment): void {
  requirePermission(context, permissionFor(parent))
  parent.attachments.splice(parent.attachments.indexOf(attachment), 1)
  context.state.forget(attachment)
  context.effect(`delete attachment ${attachment.id}`)
}
