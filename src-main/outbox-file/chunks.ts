import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { ByteReader } from './byte-reader.ts'
import { cutOff, damagedFile } from './file-troubles.ts'

const algorithm = 'aes-256-gcm'
export const chunkBytes = 64 * 1024
const tagBytes = 16

/** `key` serves one file only; `header` is what stands before the chunks, bound to each of them. */
export type ChunkKey = { key: Buffer; header: Buffer }

/** Place and whether it is the last: a chunk that is moved, repeated or left out does not open. Never twice under one key. */
function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

/** Encrypts what streams in, chunk by chunk; holds two of them at most. */
export async function* sealedChunks(
  plain: AsyncIterable<Uint8Array>,
  { key, header }: ChunkKey,
): AsyncGenerator<Buffer> {
  let index = 0
  let waiting = Buffer.alloc(0)
  const seal = (chunk: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv(algorithm, key, nonceOf(index++, last)).setAAD(header)
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
  for await (const bytes of plain) {
    waiting = Buffer.concat([waiting, bytes])
    // The last chunk is known only when nothing follows: one is always kept back.
    for (; waiting.length > chunkBytes; waiting = waiting.subarray(chunkBytes))
      yield seal(waiting.subarray(0, chunkBytes), false)
  }
  yield seal(waiting, true)
}

/**
 * What was sealed, each part proved before it is answered. Ends with an error unless all of it is there, in order and untouched.
 * @throws ForagerError `corrupt`
 */
export async function* openedChunks(sealed: ByteReader, chunkKey: ChunkKey): AsyncGenerator<Buffer> {
  for (let index = 0; ; index++) {
    const chunk = await sealed.take(chunkBytes + tagBytes)
    const last = await sealed.atEnd()
    const plain = openChunk(chunk, nonceOf(index, last), chunkKey)
    if (plain === undefined) {
      const isCutOff =
        chunk.length === 0 || (last && openChunk(chunk, nonceOf(index, false), chunkKey) !== undefined)
      throw isCutOff ? cutOff() : damagedFile()
    }
    yield plain
    if (last) return
  }
}

function openChunk(chunk: Buffer, nonce: Buffer, { key, header }: ChunkKey): Buffer | undefined {
  if (chunk.length < tagBytes) return undefined
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(header)
  decipher.setAuthTag(chunk.subarray(-tagBytes))
  const plain = decipher.update(chunk.subarray(0, -tagBytes))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return undefined
  }
}
