import type { Call } from '../http/router.ts'
import { findAlert, findCase } from '../semantics/context.ts'
import { badRequest, notFound } from '../state/errors.ts'
import type { Alert, Attachment, Case, Parent } from '../state/types.ts'
import type { FileSource } from './read-observables.ts'

export const alertOf = ({ context, params }: Call): Alert => findAlert(context, params.alertId ?? '')

export const caseOf = ({ context, params }: Call): Case => findCase(context, params.caseId ?? '')

/** The alert or the case the path names. */
export const parentOf = (call: Call): Parent =>
  call.params.alertId === undefined ? caseOf(call) : alertOf(call)

/** Where an observable's `attachment` may point: the request's own parts, or bytes the server has. */
export function fileSourceOf({ context, files }: Call): FileSource {
  return {
    files,
    findFile: ({ id, name, contentType }) => {
      const blob = context.state.blobs.find(id)
      if (!blob) throw badRequest(`Attachment ${id} not found`)
      return { name, contentType, blob }
    },
  }
}

/** By the attachment's own `_id` or by its `id` (the hash). */
export function attachmentOf(attachments: readonly Attachment[], wanted: string | undefined): Attachment {
  const found = attachments.find(({ id, blob }) => id === wanted || blob.sha256 === wanted)
  if (!found) throw notFound(`Attachment ${wanted} not found`)
  return found
}
