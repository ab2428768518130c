import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { deriveKey, kdfSchema, memoryOf, newKdf } from '../platform/passphrase-key.ts'
import type { Kdf } from '../platform/passphrase-key.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ChunkKey } from './chunks.ts'
import { damagedFile, newerFile, notSuchAFile, wrongPassphrase } from './file-troubles.ts'

/**
 * Three lines of clear text: `forager-outbox`, a JSON object, and the SHA-256 of that object, by which damage is told from a
 * wrong passphrase. The chunks follow.
 */
const magic = 'forager-outbox\n'
const version = 1
const mostBytes = 1024
const mostMemory = 512 * 1024 * 1024

const headerSchema = z.object({
  version: z.literal(version),
  // A planted file must not make Forager take all memory, nor let it compute for minutes.
  kdf: kdfSchema.refine((kdf) => memoryOf(kdf) <= mostMemory && kdf.p <= 4),
  /** Made of the passphrase's key, and telling nothing about the one the chunks are under. */
  check: z.string().regex(/^[0-9a-f]{32}$/),
})

async function keysOf(passphrase: string, kdf: Kdf): Promise<{ key: Buffer; check: Buffer }> {
  const secret = await deriveKey(passphrase, kdf)
  const made = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), use, bytes))
  return { key: made('forager-outbox chunks', 32), check: made('forager-outbox check', 16) }
}

/** A header of its own, and the key it leads to. The salt is new each time, so that no two files share a key. */
export async function newHeader(passphrase: string, kdf: Kdf = newKdf()): Promise<ChunkKey> {
  const { key, check } = await keysOf(passphrase, kdf)
  const text = JSON.stringify({ version, kdf, check: check.toString('hex') })
  return { key, header: Buffer.from(`${magic}${text}\n${sumOf(text)}\n`) }
}

/** @throws ForagerError `unreadable-file` (no such file), `corrupt`, `newer-file`, `rejected` (wrong passphrase) */
export async function readHeader(bytes: ByteReader, passphrase: string): Promise<ChunkKey> {
  if ((await lineOf(bytes)) !== magic.trimEnd()) throw notSuchAFile()
  const [text, sum] = [await lineOf(bytes), await lineOf(bytes)]
  if (text === undefined || sum === undefined || sumOf(text) !== sum) throw damagedFile()
  const { kdf, check } = parsed(text)
  const keys = await keysOf(passphrase, kdf)
  if (!timingSafeEqual(keys.check, Buffer.from(check, 'hex'))) throw wrongPassphrase()
  return { key: keys.key, header: Buffer.from(`${magic}${text}\n${sum}\n`) }
}

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex')

function parsed(text: string): z.infer<typeof headerSchema> {
  const given: unknown = JSON.parse(text)
  const known = headerSchema.safeParse(given)
  if (known.success) return known.data
  const said = z.object({ version: z.number() }).safeParse(given)
  throw said.success && said.data.version > version ? newerFile() : damagedFile(known.error)
}

/** Undefined when no line ends where one could. */
async function lineOf(bytes: ByteReader): Promise<string | undefined> {
  let line = ''
  for (let count = 0; count < mostBytes; count++) {
    const next = (await bytes.take(1)).toString('latin1')
    if (next === '\n') return line
    if (next === '') return undefined
    line += next
  }
  return undefined
}
