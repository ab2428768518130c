import { hkdfSync, randomBytes } from 'node:crypto'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { seal, unseal } from './passphrase-cipher.ts'
import { databaseAccount } from './profile-secrets.ts'
import type { ProfileSecrets } from './profile-secrets.ts'
import { printRecoveryCode, readRecoveryCode } from './recovery-code.ts'
import { readRecoveryFile, writeRecoveryFile } from './recovery-file.ts'
import type { RecoveryFile } from './recovery-file.ts'
import type { VaultService } from './vault-service.ts'

/** A second way to a profile's database key, for the day the keychain is lost: a key on paper. */
export interface ProfileRecovery {
  /** When the recovery key in force was made, ms since the epoch; undefined when there is none. */
  madeAt(profileId: string): Promise<number | undefined>
  /**
   * A new recovery key, to be shown once and kept nowhere here. Until it is {@link keep}t, it opens nothing, and the one before does.
   * @throws ForagerError `rejected` while secrets are kept for this run only
   */
  make(profileId: string): Promise<{ code: string }>
  /**
   * Puts a key in force that was made in this run and is on paper now; the one before opens nothing from here on.
   * @throws ForagerError `rejected` when it is none of those
   */
  keep(profileId: string, code: string): Promise<{ madeAt: number }>
  /**
   * Puts the database key back where secrets are kept.
   * @throws ForagerError `rejected` for a slip of the pen or another profile's key, `not-found` when no recovery key was ever made
   */
  restore(profileId: string, code: string): Promise<void>
}

type Parts = {
  vault: Promise<Pick<VaultService, 'durable'>>
  secrets: Pick<ProfileSecrets, 'databaseKey' | 'restoreDatabaseKey'>
  folderOf: (profileId: string) => Promise<string>
  /** Whether this key opens what lies in the folder and is nowhere else. */
  opens: (folder: string, keyHex: string) => boolean
  now: () => number
}

export function createProfileRecovery({ vault, secrets, folderOf, opens, now }: Parts): ProfileRecovery {
  // In memory alone: what ends before it was kept leaves the file, and the key on paper, as they were.
  const made = new Map<string, RecoveryFile[]>()

  return {
    madeAt: async (profileId) => (await readRecoveryFile(await folderOf(profileId)))?.createdAt,
    async make(profileId) {
      if (!(await vault).durable())
        throw new ForagerError('rejected', 'Secrets are kept for this run only, and so is this copy.', {
          next: 'Start Forager again and choose a keychain or a passphrase first.',
        })
      const keyHex = await secrets.databaseKey(profileId)
      const secret = randomBytes(16)
      const salt = randomBytes(32).toString('hex')
      const sealed = seal(sealingKey(secret, salt), databaseAccount(profileId), keyHex)
      const file: RecoveryFile = { version: 1, createdAt: now(), salt, sealed }
      made.set(profileId, [...(made.get(profileId) ?? []), file])
      return { code: printRecoveryCode(secret) }
    },
    async keep(profileId, code) {
      const file = made.get(profileId)?.find((one) => keyIn(one, profileId, code) !== undefined)
      if (file === undefined)
        throw new ForagerError('rejected', 'This recovery key was not made just now.', {
          did: 'Nothing was changed: one that was kept before still works.',
          next: 'Make a new one.',
        })
      await writeRecoveryFile(await folderOf(profileId), file)
      made.delete(profileId)
      return { madeAt: file.createdAt }
    },
    async restore(profileId, code) {
      const folder = await folderOf(profileId)
      const file = await readRecoveryFile(folder)
      if (file === undefined)
        throw new ForagerError('not-found', 'No recovery key was ever made for this profile.', {
          next: 'Unlock the keychain or passphrase it was made with, or restore that keychain from a backup.',
        })
      if (readRecoveryCode(code) === undefined)
        throw new ForagerError(
          'rejected',
          'This cannot be a recovery key: a character is wrong or missing.',
          {
            did: 'Nothing was tried with it.',
            next: 'Compare it with the paper, group by group: seven groups of four.',
          },
        )
      const keyHex = keyIn(file, profileId, code)
      if (keyHex === undefined)
        throw new ForagerError('rejected', 'This recovery key does not open this profile.', {
          did: 'Nothing was changed.',
          next: 'It may belong to another connection, was shown but not kept, or a newer one was made since.',
        })
      const isWrong = (otherHex: string) => opens(folder, keyHex) && !opens(folder, otherHex)
      await secrets.restoreDatabaseKey(profileId, keyHex, isWrong)
    },
  }
}

/** The database key that a recovery key opens; undefined when it is of another file. */
function keyIn({ salt, sealed }: RecoveryFile, profileId: string, code: string): string | undefined {
  const secret = readRecoveryCode(code)
  return secret && unseal(sealingKey(secret, salt), databaseAccount(profileId), sealed)
}

/** The secret is random and long, so no slow derivation is needed to keep guesses off. */
function sealingKey(secret: Uint8Array, salt: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt, 'hex'), 'forager recovery key', 32))
}
