import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { writeDurably } from '../platform/write-durably.ts'
import { sealedSchema } from './passphrase-file.ts'

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

/**
 * @returns undefined when no recovery key was made for the profile
 * @throws ForagerError `corrupt` when there is a file that cannot be understood, `unreadable-file` when it cannot be read; it is left as it is
 */
export async function readRecoveryFile(folder: string): Promise<RecoveryFile | undefined> {
  const text = await readText(recoveryPath(folder))
  if (text === undefined) return undefined
  const parsed = recoveryFileSchema.safeParse(jsonOrUndefined(text))
  if (parsed.success) return parsed.data
  throw new ForagerError('corrupt', 'The file that a recovery key opens is damaged.', {
    did: 'It was left as it is.',
    next: 'Restore recovery.json in the folder of this profile from a backup.',
  })
}

/** Replaces the one before: its recovery key opens nothing from now on. */
export const writeRecoveryFile = (folder: string, file: RecoveryFile): Promise<void> =>
  writeDurably(recoveryPath(folder), JSON.stringify(file))

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new ForagerError('unreadable-file', 'The file that a recovery key opens cannot be read.', {
      next: "Check the permissions of Forager's data folder.",
      cause,
    })
  }
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema says so in one place.
    return undefined
  }
}
