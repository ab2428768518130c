import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'

/** How a key is made of a passphrase; stands in clear text beside what the key opens. */
export const kdfSchema = z.object({
  name: z.literal('scrypt'),
  // Bounded, so that a planted file cannot make Forager take all memory.
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.number().int().min(1).max(16),
  p: z.number().int().min(1).max(8),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
})
export type Kdf = z.infer<typeof kdfSchema>

/** About 0.3 s and 128 MB a guess. */
export function newKdf(): Kdf {
  return { name: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: randomBytes(16).toString('hex') }
}

/** Bytes one guess takes. */
export const memoryOf = ({ N, r }: Kdf): number => 128 * N * r

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)

/** The same passphrase typed on another keyboard may compose its letters differently: NFKC makes them one. */
export function deriveKey(passphrase: string, kdf: Kdf): Promise<Buffer> {
  const { N, r, p, salt } = kdf
  const maxmem = memoryOf(kdf) + 64 * 1024 * 1024
  return derive(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), 32, { N, r, p, maxmem })
}
