import type { Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Attachment, Observable } from '#shared/model/observable.ts'
import type { Driver } from '../sync/driver.ts'
import type { ServiceContext } from './context.ts'
import { mustBeAble } from './permissions.ts'
import { seenChild } from './seen.ts'
import { written } from './written.ts'

export type SaveRequest = { id: string; observableId: string; as: 'file' | 'zip' }

export type SaveContext = ServiceContext & {
  driver: Pick<Driver, 'ask'>
  /** The copy kept here, where there is one. */
  openKept: (sha256: string) => Readable | undefined
}

/** What to offer as a file name: the server's, without anything that could lead to another folder or hide what it is. */
export async function nameToSave(request: SaveRequest, context: ServiceContext): Promise<string> {
  const { attachment } = await withFile(request, context)
  const plain = harmlessName(attachment.name)
  return request.as === 'zip' ? `${plain}.zip` : plain
}

/** Saves an observable's file under a path that main has asked the analyst for. Answers its size in bytes. */
export async function saveObservable(
  { path, ...request }: SaveRequest & { path: string },
  context: SaveContext,
): Promise<{ path: string; size: number }> {
  const { alertId, observable, attachment } = await withFile(request, context)
  const kept = request.as === 'file' ? context.openKept(attachment.sha256) : undefined
  if (kept !== undefined) return { path, size: await written(path, kept) }
  const size = await context.driver.ask(async (server, signal) => {
    const { bytes } = await server.download({ alertId, observable, as: request.as }, signal)
    return written(path, bytes)
  })
  return { path, size }
}

type WithFile = { alertId: string; observable: Observable; attachment: Attachment }

async function withFile(request: SaveRequest, context: ServiceContext): Promise<WithFile> {
  mustBeAble('downloadObservable', context)
  const { id, observableId } = request
  const which = { alertId: id, childId: observableId }
  const { alert, child } = await seenChild('observable', which, context)
  const { attachment } = child
  if (attachment !== undefined) return { alertId: alert.id, observable: child, attachment }
  throw new ForagerError('rejected', 'This observable has no file.')
}

/** Control, direction and path characters, and leading dots: none may decide where a file goes or how its name reads. */
const harmful = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g

function harmlessName(name: string): string {
  const plain = name.replace(harmful, '_').replace(/^\.+/, '').trim().slice(0, 200)
  return plain === '' ? 'file' : plain
}
