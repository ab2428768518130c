import { readFileSync } from 'node:fs'
import type { FileInput } from '../semantics/drafts.ts'
import type { BlobStore } from '../state/blob-store.ts'
import { badRequest, HiveError } from '../state/errors.ts'
import type { Blob } from '../state/types.ts'
import { readZip, ZipError } from '../zip/read-zip.ts'

/** The password of archives that name none. */
export const usualPassword = 'malware'

/** The whole content; a big blob is read from its file. */
export const bytesOf = (blob: Blob): Buffer =>
  blob.bytes ?? (blob.path ? readFileSync(blob.path) : Buffer.alloc(0))

/**
 * The files within archives, folders and what lies in them left out. Source: an entry larger than its header says is
 * a 400, a smaller one a 500.
 */
export function unzip(blobs: BlobStore, archives: readonly FileInput[], password: unknown): FileInput[] {
  const secret = typeof password === 'string' && password !== '' ? password : usualPassword
  return archives.flatMap(({ blob }) =>
    entriesOf(bytesOf(blob), secret).map(({ name, bytes }) => ({
      name,
      contentType: 'application/octet-stream',
      blob: blobs.put(bytes),
    })),
  )
}

function entriesOf(archive: Buffer, password: string) {
  try {
    return readZip(archive, password, (name) => !name.includes('/'))
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    if (error.problem === 'size-below') throw new HiveError(500, 'InternalError', error.message)
    throw badRequest(error.message)
  }
}
