import { randomBytes } from 'node:crypto'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { holdsWork } from './holds-work.ts'
import type { Vault } from './port.ts'
import type { VaultService } from './vault-service.ts'

/** The secrets of profiles: one database key, at most one API key and at most one proxy each. */
export interface ProfileSecrets {
  /**
   * 32 bytes in hex, made at the first asking.
   * @throws ForagerError `no-keychain` when a key was stored once, or made what is there, and is not kept any more: a new one would
   * open nothing
   */
  databaseKey(profileId: string): Promise<string>
  /**
   * Puts back a key that went with its keychain. `isWrong` is asked about another one that is there.
   * @throws ForagerError `conflict` when that one is not known to be wrong: it may be the one that opens the files
   */
  restoreDatabaseKey(profileId: string, keyHex: string, isWrong: (otherHex: string) => boolean): Promise<void>
  apiKey(profileId: string): Promise<string | undefined>
  saveApiKey(profileId: string, apiKey: string): Promise<void>
  deleteApiKey(profileId: string): Promise<void>
  /** The proxy's address with its login: together, so that a login never goes to another proxy. */
  proxy(profileId: string): Promise<string | undefined>
  /** Answers whether it can be read back, and will outlive this run. */
  saveProxy(profileId: string, proxy: string): Promise<boolean>
  deleteProxy(profileId: string): Promise<void>
  /** @throws ForagerError when no secret can be kept now; asked before a server is bothered */
  mustBeUsable(): Promise<void>
}

/** Names of the secrets in the vault. */
export const databaseAccount = (profileId: string): string => `profile/${profileId}/database`
export const apiAccount = (profileId: string): string => `profile/${profileId}/api-key`
export const proxyAccount = (profileId: string): string => `profile/${profileId}/proxy`

/** `looked` is there once the first look for a keychain has ended; whoever asks before waits for it. */
export function createProfileSecrets(
  looked: VaultService | Promise<VaultService>,
  folderOf: (profileId: string) => Promise<string>,
): ProfileSecrets {
  // Two askers at once must get one key: whoever comes second waits for the first.
  const making = new Map<string, Promise<string>>()

  async function getOrMake(profileId: string): Promise<string> {
    const service = await looked
    const known = await service.active().get(databaseAccount(profileId))
    if (known !== undefined) {
      await noteKeyed(service, profileId)
      return known
    }
    // The notes may be lost, too.
    const isNoted = service.notes.current().keyed.includes(profileId)
    if (isNoted || holdsWork(await folderOf(profileId))) throw keyLost()
    const key = randomBytes(32).toString('hex')
    await keep(service, profileId, key)
    return key
  }

  function databaseKey(profileId: string): Promise<string> {
    const running = making.get(profileId) ?? getOrMake(profileId).finally(() => making.delete(profileId))
    making.set(profileId, running)
    return running
  }

  return {
    databaseKey,
    async restoreDatabaseKey(profileId, keyHex, isWrong) {
      const service = await looked
      const there = await service.active().get(databaseAccount(profileId))
      if (there !== undefined && there !== keyHex && !isWrong(there)) throw anotherKey()
      await keep(service, profileId, keyHex)
    },
    apiKey: (profileId) => inVault((vault) => vault.get(apiAccount(profileId))),
    saveApiKey: (profileId, apiKey) => inVault((vault) => vault.set(apiAccount(profileId), apiKey)),
    deleteApiKey: (profileId) => inVault((vault) => vault.delete(apiAccount(profileId))),
    proxy: (profileId) => inVault((vault) => vault.get(proxyAccount(profileId))),
    async saveProxy(profileId, proxy) {
      const service = await looked
      const vault = service.active()
      await vault.set(proxyAccount(profileId), proxy)
      return (await vault.get(proxyAccount(profileId))) === proxy && service.durable()
    },
    deleteProxy: (profileId) => inVault((vault) => vault.delete(proxyAccount(profileId))),
    mustBeUsable: () => inVault(() => Promise.resolve()),
  }

  async function inVault<T>(work: (vault: Vault) => Promise<T>): Promise<T> {
    return work((await looked).active())
  }
}

/** Believed only when it can be read back. */
async function keep(service: VaultService, profileId: string, keyHex: string): Promise<void> {
  const vault = service.active()
  await vault.set(databaseAccount(profileId), keyHex)
  if ((await vault.get(databaseAccount(profileId))) !== keyHex) throw notKept()
  await noteKeyed(service, profileId)
}

/** Noted last: a key that is noted is a key that is there. What is kept for this run only is not noted. */
async function noteKeyed(service: VaultService, profileId: string): Promise<void> {
  if (!service.durable()) return
  await service.notes.update((notes) =>
    notes.keyed.includes(profileId) ? notes : { ...notes, keyed: [...notes.keyed, profileId] },
  )
}

function keyLost(): ForagerError {
  return new ForagerError('no-keychain', 'The key that opens this profile is not where it was kept.', {
    did: 'The profile was not touched: its data is still there, encrypted.',
    next: 'Unlock the keychain or passphrase it was made with, restore that keychain from a backup, or use the recovery key.',
  })
}

function anotherKey(): ForagerError {
  return new ForagerError('conflict', 'Another key for this profile is kept already.', {
    did: 'It was left in place, and nothing was changed.',
    next: 'Open the profile as usual. If that fails, its files and its keychain do not belong together.',
  })
}

function notKept(): ForagerError {
  return new ForagerError('no-keychain', 'The keychain took a key but does not give it back.', {
    did: 'Nothing was encrypted with it.',
    next: 'Look again for a keychain, or set a passphrase.',
  })
}
