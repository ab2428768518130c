import type { z } from 'zod'
import type { ByteReader } from './byte-reader.ts'
import { damagedFile, newerFile } from './file-troubles.ts'

/** No record is larger: the longest text of a decision has a megabyte. */
const mostBytes = 64 * 1024 * 1024

/** JSON behind its length in four bytes. */
export function recordOf(value: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(value))
  if (text.length > mostBytes) throw new Error(`A record of ${text.length} bytes could not be read back`)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text])
}

/** The bytes are proved by then, so what does not fit was written by a Forager that knows more. @throws ForagerError */
export async function readRecord<T>(plain: ByteReader, schema: z.ZodType<T>): Promise<T> {
  const head = await plain.take(4)
  const length = head.length === 4 ? head.readUInt32BE(0) : Infinity
  if (length > mostBytes) throw damagedFile()
  const text = await plain.take(length)
  if (text.length < length) throw damagedFile()
  const read = schema.safeParse(JSON.parse(text.toString('utf8')))
  if (!read.success) throw newerFile()
  return read.data
}
