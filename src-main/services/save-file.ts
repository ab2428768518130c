import type { Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Saved } from '#shared/contract/file-calls.ts'
import type { Attachment } from '#shared/model/observable.ts'
import { protectedZip } from '../platform/protected-zip.ts'
import type { Driver } from '../sync/driver.ts'
import type { Download, TheHiveServer } from '../thehive/port.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { seenChild } from './seen.ts'
import type { StrayFiles } from './stray-files.ts'
import { written } from './written.ts'

type Form = 'file' | 'zip'

/** A file of an observable, one attached to the alert itself, or a kept one that no decision speaks of. */
export type SaveRequest =
  | { id: string; observableId: string; as: Form }
  | { id: string; attachmentId: string }
  | { strayId: string; as: Form }

type NamingContext = ServiceContext & { strays: StrayFiles }

export type SaveContext = NamingContext & {
  driver: Pick<Driver, 'ask'>
  /** The copy kept here, where there is one. */
  openKept: (sha256: string) => Readable | undefined
}

/** What to offer as a file name: the server's, without anything that could lead to another folder or hide what it is. */
export async function nameToSave(request: SaveRequest, context: NamingContext): Promise<string> {
  const { attachment, packed } = await fileOf(request, context)
  const plain = harmlessName(attachment.name)
  return packed ? `${plain}.zip` : plain
}

/** TheHive's own for downloads, unless its administrator chose another. */
const usualPassword = 'malware'

/** Saves it under a path that main has asked the analyst for: from the copy kept here, or from the server. */
export async function saveFile(
  { path, ...request }: SaveRequest & { path: string },
  context: SaveContext,
): Promise<Saved> {
  const { attachment, packed, download } = await fileOf(request, context)
  const kept = context.openKept(attachment.sha256)
  if (kept !== undefined && packed) {
    const within = { name: harmlessName(attachment.name), password: usualPassword }
    return { path, size: await written(path, protectedZip(within, kept)), password: usualPassword }
  }
  if (kept !== undefined) return { path, size: await written(path, kept) }
  const size = await context.driver.ask(async (server, signal) =>
    written(path, (await download(server, signal)).bytes),
  )
  return { path, size }
}

type SavedFile = {
  attachment: Pick<Attachment, 'name' | 'sha256'>
  packed: boolean
  download: (server: TheHiveServer, signal: AbortSignal) => Promise<Download>
}

async function fileOf(request: SaveRequest, context: NamingContext): Promise<SavedFile> {
  if ('strayId' in request) return strayFile(request, context)
  if ('attachmentId' in request) return attachedFile(request, context)
  mustBeAble('downloadObservable', context)
  const { id, observableId, as } = request
  const which = { alertId: id, childId: observableId }
  const { alert, child: observable } = await seenChild('observable', which, context)
  const { attachment } = observable
  if (attachment === undefined) throw new ForagerError('rejected', 'This observable has no file.')
  const target = { alertId: alert.id, observable, as }
  return { attachment, packed: as === 'zip', download: (server, signal) => server.download(target, signal) }
}

function strayFile({ strayId, as }: { strayId: string; as: Form }, { strays }: NamingContext): SavedFile {
  const attachment = strays.list().find(({ id }) => id === strayId)
  const gone = new ForagerError('not-found', 'This file is not kept here any more.')
  if (attachment === undefined) throw gone
  return { attachment, packed: as === 'zip', download: () => Promise.reject(gone) }
}

async function attachedFile(
  { id, attachmentId }: { id: string; attachmentId: string },
  context: ServiceContext,
): Promise<SavedFile> {
  mustBeAble('downloadAttachment', context)
  const which = { alertId: id, childId: attachmentId }
  const { alert, child: attachment } = await seenChild('attachment', which, context)
  const target = { alertId: alert.id, attachment }
  return {
    ...{ attachment, packed: false },
    download: (server, signal) => server.downloadAttachment(target, signal),
  }
}

/** Control, direction and path characters, and leading dots: none may decide where a file goes or how its name reads. */
const harmful = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g

function harmlessName(name: string): string {
  const plain = name.replace(harmful, '_').replace(/^\.+/, '').trim().slice(0, 200)
  return plain === '' ? 'file' : plain
}
