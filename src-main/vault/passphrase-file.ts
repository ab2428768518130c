import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ForagerError } from '#shared/errors/forager-error.ts'

const hex = z.string().regex(/^([0-9a-f]{2})*$/)
export const sealedSchema = z.object({ iv: hex.length(24), tag: hex.length(32), data: hex })
/** One encrypted secret; all hex. */
export type Sealed = z.infer<typeof sealedSchema>

const passphraseFileSchema = z.object({
  version: z.literal(1),
  kdf: z.object({
    name: z.literal('scrypt'),
    // Bounded, so that a planted file cannot make Forager take all memory.
    N: z
      .number()
      .int()
      .min(2 ** 14)
      .max(2 ** 20),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(8),
    salt: hex.length(32),
  }),
  /** Encrypts a known text: tells a wrong passphrase from a damaged entry. */
  check: sealedSchema,
  entries: z.record(z.string(), sealedSchema),
})
export type PassphraseFile = z.infer<typeof passphraseFileSchema>

/**
 * @returns undefined when there is no such file
 * @throws ForagerError `corrupt` when there is one that cannot be understood; it is left as it is
 */
export async function readPassphraseFile(path: string): Promise<PassphraseFile | undefined> {
  const text = await readText(path)
  if (text === undefined) return undefined
  const parsed = passphraseFileSchema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  throw new ForagerError('corrupt', 'The file with the encrypted secrets is damaged.', {
    did: 'It was left as it is.',
    next: 'Restore secrets.json in the data folder of Forager from a backup.',
  })
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw new ForagerError('unreadable-file', 'The file with the encrypted secrets cannot be read.', {
      next: "Check the permissions of Forager's data folder.",
      cause: thrown,
    })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
