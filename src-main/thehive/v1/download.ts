import { pipeline } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Observable } from '#shared/model/observable.ts'
import { boundedStream } from '../bounded-stream.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import type { Download } from '../port.ts'
import * as wire from '../wire-fields.ts'
import { observablePath } from './observables.ts'

/** A protected zip is a little larger than what it holds: headers, directory, and what did not shrink. */
const zipOverhead = 64 * 1024

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
  const { headers, body } = await api.http.open(
    { method: 'GET', path, headers: { accept: '*/*', 'accept-encoding': 'identity' } },
    signal,
  )
  const packed = headers['content-encoding'] !== undefined
  const announced = packed ? undefined : lengthOf(headers['content-length'])
  const limit = as === 'file' ? attachment.size : attachment.size * 1.01 + zipOverhead
  const bound = boundedStream(announced ?? limit, { exact: announced !== undefined || as === 'file' })
  return {
    name: as === 'zip' ? `${attachment.name}.zip` : attachment.name,
    contentType: as === 'zip' ? 'application/zip' : attachment.contentType,
    size: announced,
    // Whoever reads the result meets every error.
    bytes: pipeline(body, bound, () => undefined),
  }
}

function lengthOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined
}

/** Files of an outside store are not known by their hash: the server's own id names them. */
async function attachmentId(api: Api, observableId: string, signal: AbortSignal): Promise<string> {
  const answer = await call(api, { method: 'GET', path: observablePath(observableId) }, signal)
  return readOne(api, answer, (value) => {
    const row = wire.asRow(wire.asRow(value, 'observable')['attachment'], 'attachment')
    return wire.text(row, '_id')
  })
}
