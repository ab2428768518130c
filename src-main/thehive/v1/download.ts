import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Observable } from '#shared/model/observable.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import type { Download } from '../port.ts'
import { streamDownload } from '../stream-download.ts'
import * as wire from '../wire-fields.ts'
import { observablePath } from './observables.ts'

/** The file of an observable as it streams in; ends in an error when more or less comes than was announced. */
export async function download(
  api: Api,
  { observable, as }: { observable: Observable; as: 'file' | 'zip' },
  signal: AbortSignal,
): Promise<Download> {
  const { attachment } = observable
  if (attachment === undefined) throw new ForagerError('rejected', 'This observable has no file.')
  const id = attachment.sha256 === '' ? await attachmentId(api, observable.id, signal) : attachment.sha256
  const path = observablePath(observable.id, `/attachment/${segment(id)}/download?asZip=${as === 'zip'}`)
  return streamDownload(api, { path, attachment, as }, signal)
}

/** Files of an outside store are not known by their hash: the server's own id names them. */
async function attachmentId(api: Api, observableId: string, signal: AbortSignal): Promise<string> {
  const answer = await call(api, { method: 'GET', path: observablePath(observableId) }, signal)
  return readOne(api, answer, (value) => {
    const row = wire.asRow(wire.asRow(value, 'observable')['attachment'], 'attachment')
    return wire.id(row)
  })
}
