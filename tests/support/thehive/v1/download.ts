import type { Call } from '../http/router.ts'
import type { Reply } from '../http/reply.ts'
import { packZip } from '../semantics/unpack-zip.ts'
import { readBlob } from '../state/blob-store.ts'
import type { Attachment } from '../state/types.ts'
import { flagOf } from './lookups.ts'

const disposition = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

/** The attachment's bytes, as a file to save; `?asZip=true` in an archive under the usual password. */
export function download(attachment: Attachment, call: Call, { mayZip = false } = {}): Reply {
  const zip = mayZip && flagOf(call, 'asZip') ? packZip(attachment) : undefined
  const { name, contentType, blob } = attachment
  return {
    status: 200,
    headers: {
      'Content-Type': zip ? 'application/zip' : contentType,
      'Content-Length': String(zip?.length ?? blob.size),
      'Content-Disposition': disposition(zip ? `${name}.zip` : name),
      'Content-Transfer-Encoding': 'binary',
    },
    body: zip ?? readBlob(blob),
  }
}

/** The attachment to be looked at; 304 where the client has it. */
export function inline({ contentType, blob }: Attachment, { headers }: Call): Reply {
  const tag = `"${blob.sha256}"`
  const guards = { 'Content-Security-Policy': 'sandbox', 'Referrer-Policy': 'no-referrer' }
  if (headers['if-none-match'] === tag) return { status: 304, headers: { ETag: tag, ...guards } }
  return {
    status: 200,
    headers: {
      'Content-Type': contentType,
      'Content-Length': String(blob.size),
      ETag: tag,
      ...guards,
    },
    body: readBlob(blob),
  }
}
