import { ForagerError } from '#shared/errors/forager-error.ts'

const mebibyte = 1024 * 1024
/** A page of entities with long texts may be large; anything else that large is no answer of TheHive. */
export const pageLimit = 64 * mebibyte
export const bodyLimit = 16 * mebibyte

/**
 * Reads a body up to `limit` bytes, into memory of its own: the bytes may be moved to another thread.
 * @throws ForagerError `unexpected-shape` when it is larger; the rest is not read
 */
export async function readBounded(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return joined(chunks, size)
}

/** Not Buffer.concat: small results would share Node's pool, which cannot be moved. */
function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

function tooLarge(limit: number): ForagerError {
  const message = `The answer is larger than ${limit / mebibyte} MB, more than Forager reads at once.`
  return new ForagerError('unexpected-shape', message, {
    did: 'The rest was not read.',
    details: { sent: true },
  })
}
