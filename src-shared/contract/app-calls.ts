import { z } from 'zod'
import { call, keychainLimit, localTimeoutMs } from './define.ts'

const nothing = z.object({})
/** Waits at most for the look for a keychain that Forager begins with. */
const afterFirstLook = keychainLimit(0, localTimeoutMs)
const ofProfile = z.object({ profileId: z.string().min(1) })

/** How secrets are kept: in the OS keychain, under a passphrase, or for this run only. Never in plain text. */
export const vaultStates = ['keychain', 'passphrase', 'run-only', 'locked', 'undecided'] as const
export const vaultStatusSchema = z.object({
  state: z.enum(vaultStates),
  /** Why there is no keychain, in plain words; absent when there is one. */
  explanation: z.string().optional(),
  /** What to install or start to get one, a step an item. */
  howTo: z.array(z.string()),
  /** True when a passphrase file exists and only needs unlocking. */
  passphraseSet: z.boolean(),
})
export type VaultStatus = z.infer<typeof vaultStatusSchema>

export const appInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  runtime: z.enum(['electron', 'browser']),
  platform: z.string(),
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const appCalls = {
  'app.info': call(nothing, appInfoSchema),
  'vault.status': call(nothing, vaultStatusSchema, afterFirstLook),
  /** Looks for a keychain again, after the analyst has installed or started one. */
  'vault.retry': call(nothing, vaultStatusSchema, keychainLimit(1, localTimeoutMs)),
  'vault.setPassphrase': call(z.object({ passphrase: z.string().min(8) }), vaultStatusSchema, afterFirstLook),
  'vault.unlock': call(z.object({ passphrase: z.string().min(1) }), vaultStatusSchema, afterFirstLook),
  'vault.keepForThisRun': call(nothing, vaultStatusSchema, afterFirstLook),
  /** When the recovery key in force was made, ms since the epoch; null when there is none. */
  'vault.recoveryOf': call(ofProfile, z.object({ madeAt: z.number().nullable() }), afterFirstLook),
  /** A new recovery key. This is the only time it is told; it opens nothing until it is kept. */
  'vault.makeRecoveryKey': call(ofProfile, z.object({ code: z.string() }), keychainLimit(4, localTimeoutMs)),
  /** It was shown and is on paper: from now on it opens the copy, and the one before opens nothing. */
  'vault.keepRecoveryKey': call(
    ofProfile.extend({ code: z.string().max(256) }),
    z.object({ madeAt: z.number() }),
    afterFirstLook,
  ),
} as const
