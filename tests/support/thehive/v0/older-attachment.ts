import type { Attachment } from '../state/types.ts'
import type { Json } from './parameters.ts'

/** A file as both older generations show it: known by its SHA-256. */
export function showAttachment({ name, contentType, blob }: Attachment): Json {
  const { sha256, sha1, md5, size } = blob
  return { name, hashes: [sha256, sha1, md5], size, contentType, id: sha256 }
}
