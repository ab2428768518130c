import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rename } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Specimen } from '../domain/specimen.ts'
import { contentTypeOf, sniffLength } from './content-type.ts'
import { decryptor, encryptor } from './specimen-cipher.ts'
import { openRegular, removeFile, unreadable, unwritable } from './specimen-files.ts'
import { syncFolder } from '../platform/sync-file.ts'

/** The profile's folder and key (32 bytes in hex). */
export type SpecimenRoom = { folder: string; keyHex: string }

/** Large enough to keep the disk busy, small enough that a file of any size costs no memory. */
const chunkBytes = 256 * 1024

/** Node's GCM counts in 32 bits of 16-byte blocks; beyond that the cipher is not defined. */
const largestBytes = 2 ** 36 - 256

const folderOf = (room: SpecimenRoom): string => join(room.folder, 'specimens')
const pathOf = (id: string, room: SpecimenRoom): string => join(folderOf(room), id)

/** The name of a copy until all of it is there. */
const halfEnding = '.half'
const halfOf = (id: string, room: SpecimenRoom): string => pathOf(id, room) + halfEnding

/**
 * Copies a dropped file into the profile, encrypted, reading it once. When this returns the copy is on the disk; when it
 * throws nothing is left of it. The original is never touched. An empty file is taken: that it is empty can be evidence.
 * @throws ForagerError `unreadable-file` or `disk-full`, in words for the drop zone
 */
export async function takeIn(path: string, room: SpecimenRoom): Promise<Specimen> {
  const source = await openRegular(path)
  try {
    return await takeInBytes({ path, bytes: bytesOf(source, path) }, room)
  } finally {
    await source.close()
  }
}

/** The same for bytes that come from elsewhere; their errors are told as they are. `path` may be a mere name. */
export async function takeInBytes(
  { path, bytes }: { path: string; bytes: AsyncIterable<Uint8Array> },
  room: SpecimenRoom,
): Promise<Specimen> {
  const id = randomUUID()
  try {
    await makeRoom(room)
    // No known extension and no right to execute: nothing here can be opened by a stray double click.
    const copy = await open(halfOf(id, room), 'wx', 0o600)
    const facts = await keepWhole({ bytes, copy, path, id, room })
    return { id, name: basename(path), ...facts, createdAt: Date.now() }
  } catch (thrown) {
    throw thrown instanceof ForagerError ? thrown : unwritable(path, thrown)
  }
}

type Copying = {
  bytes: AsyncIterable<Uint8Array>
  copy: FileHandle
  path: string
  id: string
  room: SpecimenRoom
}
type Facts = Pick<Specimen, 'size' | 'sha256' | 'contentType' | 'iv' | 'tag'>

/** All of it and durable, or nothing of it. */
async function keepWhole(copying: Copying): Promise<Facts> {
  try {
    const facts = await copyEncrypted(copying)
    await rename(halfOf(copying.id, copying.room), pathOf(copying.id, copying.room))
    syncFolder(folderOf(copying.room))
    return facts
  } catch (thrown) {
    // Should even the removal fail, the first failure is the one to report: what stays is encrypted and named nowhere.
    for (const path of [halfOf(copying.id, copying.room), pathOf(copying.id, copying.room)])
      await removeFile(path).catch(() => undefined)
    throw thrown
  }
}

async function makeRoom(room: SpecimenRoom): Promise<void> {
  const made = await mkdir(folderOf(room), { recursive: true, mode: 0o700 })
  if (made !== undefined) syncFolder(room.folder)
}

async function copyEncrypted({ bytes: source, copy, path, id, room }: Copying): Promise<Facts> {
  const { cipher, iv } = encryptor(room.keyHex, id)
  const hash = createHash('sha256')
  let size = 0
  let contentType = contentTypeOf(new Uint8Array())
  try {
    for await (const bytes of source) {
      if (size === 0) contentType = contentTypeOf(bytes.subarray(0, sniffLength))
      size += bytes.length
      if (size > largestBytes) throw tooLarge(path)
      hash.update(bytes)
      await writeAll(copy, cipher.update(bytes), path)
    }
    await writeAll(copy, cipher.final(), path)
    await copy.sync()
  } finally {
    await copy.close()
  }
  return { size, sha256: hash.digest('hex'), contentType, iv, tag: cipher.getAuthTag().toString('hex') }
}

/** One buffer for all of it: each piece is used up before the next is read. */
async function* bytesOf(source: FileHandle, path: string): AsyncGenerator<Buffer> {
  const chunk = Buffer.allocUnsafe(chunkBytes)
  for (;;) {
    const bytes = await readChunk(source, chunk, path)
    if (bytes.length === 0) return
    yield bytes
  }
}

async function readChunk(source: FileHandle, chunk: Buffer, path: string): Promise<Buffer> {
  try {
    const { bytesRead } = await source.read(chunk, 0, chunk.length, null)
    return chunk.subarray(0, bytesRead)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

async function writeAll(copy: FileHandle, bytes: Buffer, path: string): Promise<void> {
  try {
    let written = 0
    while (written < bytes.length) {
      written += (await copy.write(bytes, written, bytes.length - written)).bytesWritten
    }
  } catch (thrown) {
    throw unwritable(path, thrown)
  }
}

function tooLarge(path: string): ForagerError {
  return new ForagerError('unreadable-file', `${basename(path)} is larger than 64 GB.`, {
    did: 'It was not taken.',
  })
}

/**
 * The file's own bytes. The stream ends with an error, never with a clean end, when the copy is missing, shortened or
 * changed: a reader that got to the end has read exactly what was taken in.
 */
export function openSpecimen(
  specimen: Pick<Specimen, 'id' | 'name' | 'iv' | 'tag'>,
  room: SpecimenRoom,
): Readable {
  return Readable.from(plainBytes(specimen, room), { objectMode: false })
}

async function* plainBytes(
  specimen: Pick<Specimen, 'id' | 'name' | 'iv' | 'tag'>,
  room: SpecimenRoom,
): AsyncGenerator<Buffer> {
  const stored = createReadStream(pathOf(specimen.id, room), { highWaterMark: chunkBytes })
  try {
    const plain = pipeline(stored, decryptor(room.keyHex, specimen), () => undefined)
    for await (const chunk of plain) yield chunk as Buffer
  } catch (thrown) {
    throw damaged(specimen.name, thrown)
  } finally {
    stored.destroy()
  }
}

function damaged(name: string, cause: unknown): ForagerError {
  return new ForagerError('corrupt', `The kept copy of ${name} is missing or damaged.`, {
    did: 'It was not sent.',
    next: 'Drop the original again.',
    details: { sent: false },
    cause,
  })
}

/** Whether its bytes are still here. */
export const isKept = (id: string, room: SpecimenRoom): boolean => existsSync(pathOf(id, room))

/** Once the server has the file, or the analyst took it back. Removing it twice is fine. */
export async function removeSpecimen(id: string, room: SpecimenRoom): Promise<void> {
  await removeFile(pathOf(id, room))
}

/**
 * Removes of the kept files those that are named, and what a crash left half written. All others stay, also those that nobody knows: they
 * are evidence. Run while nothing is being taken in.
 */
export async function sweep(ids: ReadonlySet<string>, room: SpecimenRoom): Promise<void> {
  const kept = existsSync(folderOf(room)) ? await readdir(folderOf(room)) : []
  for (const name of kept)
    if (ids.has(name) || name.endsWith(halfEnding)) await removeFile(join(folderOf(room), name))
}
