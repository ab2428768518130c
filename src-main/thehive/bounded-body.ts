import { ForagerError } from '#shared/errors/forager-error.ts'

const mebibyte = 1024 * 1024
/** A page of entities with long texts may be large; anything else that large is no answer of TheHive. */
export const pageLimit = 64 * mebibyte
export const bodyLimit = 16 * mebibyte

/**
 * Reads a body up to `limit` bytes.
 * @throws ForagerError `unexpected-shape` when it is larger; the rest is not read
 */
export async function readBounded(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function tooLarge(limit: number): ForagerError {
  const message = `The answer is larger than ${limit / mebibyte} MB, more than Forager reads at once.`
  return new ForagerError('unexpected-shape', message, {
    did: 'The rest was not read.',
    details: { sent: true },
  })
}
