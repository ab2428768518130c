import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Blob } from './types.ts'

/** Uploads above this many bytes go to a file instead of memory. */
const memoryLimit = 1024 * 1024

/** Keeps bytes by their SHA-256; equal content is stored once. The folder exists from the first big upload to `close`. */
export class BlobStore {
  readonly #blobs = new Map<string, Blob>()
  #folder: string | undefined
  #files = 0

  find(sha256: string): Blob | undefined {
    return this.#blobs.get(sha256)
  }

  /** Reads `source` to its end while hashing; holds at most `memoryLimit` bytes of it in memory. */
  async take(source: Readable): Promise<Blob> {
    const hashes = ['sha256', 'sha1', 'md5'].map((name) => createHash(name))
    const held: Buffer[] = []
    let size = 0
    let spill: { path: string; file: WriteStream } | undefined
    for await (const part of source) {
      const chunk = part as Buffer
      for (const hash of hashes) hash.update(chunk)
      size += chunk.length
      if (!spill && size > memoryLimit) {
        spill = this.#open()
        for (const early of held.splice(0)) spill.file.write(early)
      }
      if (!spill) held.push(chunk)
      else if (!spill.file.write(chunk)) await once(spill.file, 'drain')
    }
    if (spill) await new Promise<void>((done) => spill.file.end(done))
    const [sha256, sha1, md5] = hashes.map((hash: Hash) => hash.digest('hex')) as [string, string, string]
    return this.#keep({
      sha256,
      sha1,
      md5,
      size,
      ...(spill ? { path: spill.path } : { bytes: Buffer.concat(held) }),
    })
  }

  /** Stores bytes already at hand (seeds, tests). */
  put(bytes: Buffer): Blob {
    const [sha256, sha1, md5] = ['sha256', 'sha1', 'md5'].map((name) =>
      createHash(name).update(bytes).digest('hex'),
    ) as [string, string, string]
    return this.#keep({ sha256, sha1, md5, size: bytes.length, bytes })
  }

  close(): void {
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
    this.#blobs.clear()
  }

  #keep(blob: Blob): Blob {
    const twin = this.#blobs.get(blob.sha256)
    if (twin) {
      if (blob.path) rmSync(blob.path, { force: true })
      return twin
    }
    this.#blobs.set(blob.sha256, blob)
    return blob
  }

  #open() {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'standin-thehive-'))
    const path = join(this.#folder, `blob-${++this.#files}`)
    return { path, file: createWriteStream(path) }
  }
}

/** The blob's content as a buffer or a stream, whichever costs no memory. */
export function readBlob(blob: Blob): Buffer | Readable {
  return blob.path ? createReadStream(blob.path) : (blob.bytes ?? Buffer.alloc(0))
}
