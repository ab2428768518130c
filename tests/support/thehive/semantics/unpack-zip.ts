import { readFileSync } from 'node:fs'
import type { BlobStore } from '../state/blob-store.ts'
import { badRequest, HiveError } from '../state/errors.ts'
import type { Blob } from '../state/types.ts'
import { readZip, ZipError } from '../zip/read-zip.ts'
import { writeZip } from '../zip/write-zip.ts'
import type { FileInput } from './drafts.ts'

/** Source: the password of archives that name none, and of every download as archive. */
export const usualPassword = 'malware'

export const bytesOf = (blob: Blob): Buffer =>
  blob.path ? readFileSync(blob.path) : (blob.bytes ?? Buffer.alloc(0))

/**
 * The files in an uploaded archive. Source: folders and names with a `/` are skipped; an entry larger than stated is a
 * 400, a smaller one a 500. A wrong password and a damaged archive are 400s [inferred].
 */
export function unpackZip(
  blobs: BlobStore,
  archive: FileInput,
  password: string = usualPassword,
): FileInput[] {
  try {
    const entries = readZip(bytesOf(archive.blob), password, (name) => !name.includes('/'))
    return entries.map(({ name, bytes }) => ({
      name,
      contentType: 'application/octet-stream',
      blob: blobs.put(bytes),
    }))
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    if (error.problem === 'size-below') throw new HiveError(500, 'InternalError', error.message)
    throw badRequest(error.message)
  }
}

/** The file alone in an archive under its own name. */
export const packZip = ({ name, blob }: { name: string; blob: Blob }): Buffer =>
  writeZip([{ name, bytes: bytesOf(blob) }], usualPassword)
