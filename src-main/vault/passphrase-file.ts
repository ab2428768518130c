import { z } from 'zod'
import { kdfSchema } from '../platform/passphrase-key.ts'
import { readCheckedFile } from './read-checked-file.ts'

const hex = z.string().regex(/^([0-9a-f]{2})*$/)
export const sealedSchema = z.object({ iv: hex.length(24), tag: hex.length(32), data: hex })
/** One encrypted secret; all hex. */
export type Sealed = z.infer<typeof sealedSchema>

const passphraseFileSchema = z.object({
  version: z.literal(1),
  kdf: kdfSchema,
  /** Encrypts a known text: tells a wrong passphrase from a damaged entry. */
  check: sealedSchema,
  entries: z.record(z.string(), sealedSchema),
})
export type PassphraseFile = z.infer<typeof passphraseFileSchema>

/** As {@link readCheckedFile}. */
export const readPassphraseFile = (path: string): Promise<PassphraseFile | undefined> =>
  readCheckedFile(path, passphraseFileSchema, {
    what: 'The file with the encrypted secrets',
    ifDamaged: 'Restore secrets.json in the data folder of Forager from a backup.',
  })
