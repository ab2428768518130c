import { badRequest, createError } from '../state/errors.ts'
import type { Attachment, Parent } from '../state/types.ts'
import { audit } from './audits.ts'
import { requirePermission, type Context } from './context.ts'
import type { FileInput } from './drafts.ts'
import { storeFile } from './observables.ts'

const permissionFor = (parent: Parent) =>
  parent.kind === 'alert' ? 'manageAlert/update' : 'manageCase/update'

export type Upload = { files: readonly FileInput[]; mayRename: boolean }

/**
 * Adds all or none; does not stamp the parent. Two attachments never share a name: the later one gets a number when it
 * may be renamed and is refused otherwise [inferred from the parameter `canRename`].
 */
export function addAttachments(context: Context, parent: Parent, upload: Upload): Attachment[] {
  requirePermission(context, permissionFor(parent))
  return takeFiles(context, parent.attachments, upload).map((attachment) => {
    audit(context, 'create', attachment, { root: parent, details: { name: attachment.name } })
    context.effect(`attachment ${parent.id} sha256:${attachment.blob.sha256}`)
    return attachment
  })
}

/** Files of the organisation itself, or of its people for later use. */
export function addFiles(context: Context, into: 'files' | 'uploads', upload: Upload): Attachment[] {
  if (into === 'files') requirePermission(context, 'manageKnowledgeBase')
  return takeFiles(context, context.space[into], upload).map((attachment) => {
    context.effect(`attachment ${context.actor.organisation} sha256:${attachment.blob.sha256}`)
    return attachment
  })
}

function takeFiles(context: Context, held: Attachment[], { files, mayRename }: Upload): Attachment[] {
  if (files.length === 0) throw badRequest('No attachment in the request')
  const names = new Set(held.map(({ name }) => name))
  const named = files.map((file) => {
    if (names.has(file.name) && !mayRename) throw createError(`Attachment ${file.name} already exists`)
    const name = freeName(file.name, names)
    names.add(name)
    return { ...file, name }
  })
  const taken = named.map((file) => storeFile(context, file, context.state.clock.now()))
  held.push(...taken)
  return taken
}

/** `report.pdf`, then `report (1).pdf`. */
function freeName(wanted: string, names: ReadonlySet<string>): string {
  const [, stem = wanted, extension = ''] = /^(.+?)(\.[^.]*)?$/s.exec(wanted) ?? []
  let name = wanted
  for (let number = 1; names.has(name); number++) name = `${stem} (${number})${extension}`
  return name
}

export function removeAttachment(context: Context, parent: Parent, attachment: Attachment): void {
  requirePermission(context, permissionFor(parent))
  audit(context, 'delete', attachment, { root: parent, details: { name: attachment.name } })
  remove(context, parent.attachments, attachment)
}

export function removeFile(context: Context, attachment: Attachment): void {
  requirePermission(context, 'manageKnowledgeBase')
  remove(context, context.space.files, attachment)
}

function remove(context: Context, held: Attachment[], attachment: Attachment): void {
  held.splice(held.indexOf(attachment), 1)
  context.state.forget(attachment)
  context.effect(`delete attachment ${attachment.id}`)
}

/** Brings an alert's files into a case under free names, leaving out those whose content the case has. */
export function copyAttachments(context: Context, from: Parent, to: Parent): void {
  const known = new Set(to.attachments.map(({ blob }) => blob.sha256))
  const names = new Set(to.attachments.map(({ name }) => name))
  for (const original of from.attachments.filter(({ blob }) => !known.has(blob.sha256))) {
    const name = freeName(original.name, names)
    names.add(name)
    to.attachments.push(storeFile(context, { ...original, name }, context.state.clock.now()))
  }
}

/** Whether outsiders with access to the case see the file. */
export function setExternal(
  context: Context,
  parent: Parent,
  { attachment, external }: { attachment: Attachment; external: boolean },
): void {
  requirePermission(context, permissionFor(parent))
  attachment.external = external
  attachment.revision++
  context.effect(`update ${attachment.id} external=${external}`)
}
