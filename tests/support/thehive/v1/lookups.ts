import type { Call } from '../http/router.ts'
import { findAlert, findCase, seekAlert, seekCase } from '../semantics/context.ts'
import { unpackZip } from '../semantics/unpack-zip.ts'
import { badRequest, notFound } from '../state/errors.ts'
import type { Alert, Attachment, Case, Log, Page, Parent, Task } from '../state/types.ts'
import type { FileSource } from './read-observables.ts'

export const alertOf = ({ context, params }: Call): Alert => findAlert(context, params.alertId ?? '')

export const caseOf = ({ context, params }: Call): Case => findCase(context, params.caseId ?? '')

/** The alert or the case the path names. */
export const parentOf = (call: Call): Parent =>
  call.params.alertId === undefined ? caseOf(call) : alertOf(call)

/** An alert or a case, whichever has this id or name. */
export function otherOf({ context, params }: Call): Parent {
  const wanted = params.otherId ?? ''
  const found = seekAlert(context, wanted) ?? seekCase(context, wanted)
  if (!found) throw notFound(`Alert or case ${wanted} not found`)
  return found
}

export function findTask({ context }: Call, id: string): Task {
  const task = context.state.find('task', id)
  if (task?.parent.organisation !== context.actor.organisation) throw notFound('Task not found')
  return task
}

export function findLog({ context }: Call, id: string): Log {
  const log = context.state.find('log', id)
  if (log?.parent.parent.organisation !== context.actor.organisation) throw notFound('Log not found')
  return log
}

export function pageOf(call: Call): Page {
  const page = caseOf(call).pages.find(({ id }) => id === call.params.pageId)
  if (!page) throw notFound('Page not found')
  return page
}

export function fileSourceOf({ context, files }: Call): FileSource {
  const { state, server } = context
  return {
    server,
    files,
    findFile: ({ id, name, contentType }) => {
      const blob = state.blobs.find(id)
      if (!blob) throw badRequest(`Attachment ${id} not found`)
      return { name, contentType, blob }
    },
    unpack: (archive, password) => unpackZip(state.blobs, archive, password),
  }
}

/** By the attachment's own `_id` or by its `id` (the hash). */
export function attachmentOf(attachments: readonly Attachment[], wanted: string | undefined): Attachment {
  const found = attachments.find(({ id, blob }) => id === wanted || blob.sha256 === wanted)
  if (!found) throw notFound(`Attachment ${wanted} not found`)
  return found
}

/** Source: truth values come in any letter case, as Python writes them, but for 5.4.0 and 5.4.1. */
export function flagOf({ context, query }: Call, name: string): boolean {
  const value = query.get(name) ?? 'false'
  const { server } = context
  const isExact = server.atLeast('5.4.0') && !server.atLeast('5.4.2')
  const read = isExact ? value : value.toLowerCase()
  if (read !== 'true' && read !== 'false') throw badRequest(`Invalid value for parameter ${name}: ${value}`)
  return read === 'true'
}
