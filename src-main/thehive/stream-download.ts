import { pipeline } from 'node:stream'
import type { Attachment } from '#shared/model/observable.ts'
import type { Api } from './api.ts'
import { boundedStream } from './bounded-stream.ts'
import type { Download } from './port.ts'

/** A protected zip is a little larger than what it holds: headers, directory, and what did not shrink. */
const zipOverhead = 64 * 1024

/** A file as it streams in; ends in an error when more or less comes than was announced. */
export async function streamDownload(
  api: Api,
  { path, attachment, as }: { path: string; attachment: Attachment; as: 'file' | 'zip' },
  signal: AbortSignal,
): Promise<Download> {
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
