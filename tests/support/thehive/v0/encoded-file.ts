import type { FileInput } from '../semantics/drafts.ts'
import type { BlobStore } from '../state/blob-store.ts'

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/

/** The file of a text `name;contentType;base64`; undefined when the text is none. */
export function encodedFile(blobs: BlobStore, text: string): FileInput | undefined {
  const [, name = '', contentType = '', content = ''] = /^([^;]*);([^;]*);([^;]*)$/s.exec(text) ?? []
  if (name === '' || !base64.test(content)) return undefined
  return { name, contentType, blob: blobs.put(Buffer.from(content, 'base64')) }
}
