import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from '../platform/write-durably.ts'
import { sealedSchema } from './passphrase-file.ts'
import { readCheckedFile } from './read-checked-file.ts'

const recoveryFileSchema = z.object({
  version: z.literal(1),
  /** Ms since the epoch. */
  createdAt: z.number(),
  /** 32 bytes in hex; the key that seals is made of the recovery key and this. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  /** The database key, bound to the name of its profile. */
  sealed: sealedSchema,
})
export type RecoveryFile = z.infer<typeof recoveryFileSchema>

/** In the profile's folder, so that a copy of the folder can be opened anywhere. */
export const recoveryPath = (folder: string): string => join(folder, 'recovery.json')

/** Undefined: no recovery key was made for the profile. Otherwise as {@link readCheckedFile}. */
export const readRecoveryFile = (folder: string): Promise<RecoveryFile | undefined> =>
  readCheckedFile(recoveryPath(folder), recoveryFileSchema, {
    what: 'The file that a recovery key opens',
    ifDamaged: 'Restore recovery.json in the folder of this profile from a backup.',
  })

/** Replaces the one before: its recovery key opens nothing from now on. */
export const writeRecoveryFile = (folder: string, file: RecoveryFile): Promise<void> =>
  writeDurably(recoveryPath(folder), JSON.stringify(file))
