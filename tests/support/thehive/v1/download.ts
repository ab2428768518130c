import type { Call } from '../http/router.ts'
import type { Reply } from '../http/reply.ts'
import { readBlob } from '../state/blob-store.ts'
import { badRequest } from '../state/errors.ts'
import type { Attachment } from '../state/types.ts'

/** The attachment's bytes, as a file to save. */
export function download(attachment: Attachment, { query }: Call): Reply {
  if (query.get('asZip')?.toLowerCase() === 'true')
    throw badRequest('Zipped downloads are not supported by the stand-in')
  return {
    status: 200,
    headers: {
      'Content-Type': attachment.contentType,
      'Content-Length': String(attachment.blob.size),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
    },
    body: readBlob(attachment.blob),
  }
}
