import { join } from 'node:path'
import type { VaultStatus } from '#shared/contract/app-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Explanation } from './explain-missing-keychain.ts'
import { createKeychainVault } from './keychain-vault.ts'
import type { KeychainVault } from './keychain-vault.ts'
import { readPassphraseFile } from './passphrase-file.ts'
import { createPassphraseVault, unlockPassphraseVault } from './passphrase-vault.ts'
import type { Vault } from './port.ts'
import { createRunVault } from './run-vault.ts'
import { openNotes } from './vault-notes.ts'
import type { NotesFile } from './vault-notes.ts'

/** Where secrets are kept, and the analyst's word on it. Calls follow one another. */
export interface VaultService {
  status(): VaultStatus
  /** Looks for a keychain again. */
  retry(): Promise<VaultStatus>
  setPassphrase(passphrase: string): Promise<VaultStatus>
  unlock(passphrase: string): Promise<VaultStatus>
  keepForThisRun(): Promise<VaultStatus>
  /** @throws ForagerError `no-keychain` while nothing has been decided, `locked` until unlocked */
  active(): Vault
  /** Whether what is stored now outlives this run; the same from the first secret on. */
  durable(): boolean
  readonly notes: NotesFile
}

export type VaultServiceOptions = {
  folder: string
  keychain?: KeychainVault | undefined
  /** Ends every wait for the keychain. */
  signal?: AbortSignal | undefined
}

/**
 * undecided ─retry→ keychain · undecided ─setPassphrase→ passphrase · undecided, locked ─keepForThisRun→ run-only ·
 * locked ─unlock→ passphrase. Every other call changes nothing and says why. Nothing leaves run-only: the folders that are open
 * are this run's and go with it, whatever became of their keys.
 */
export async function createVaultService({
  folder,
  keychain,
  signal,
}: VaultServiceOptions): Promise<VaultService> {
  const machine = new VaultMachine(
    keychain ?? createKeychainVault({ signal }),
    join(folder, 'secrets.json'),
    await openNotes(join(folder, 'vault.json')),
  )
  await machine.start()
  return machine
}

class VaultMachine implements VaultService {
  readonly notes: NotesFile
  readonly #keychain: KeychainVault
  readonly #path: string
  #state: VaultStatus['state'] = 'undecided'
  #vault: Vault | undefined
  #missing: Explanation | undefined
  #passphraseSet = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(keychain: KeychainVault, path: string, notes: NotesFile) {
    this.#keychain = keychain
    this.#path = path
    this.notes = notes
  }

  /** A passphrase that was chosen stays chosen, keychain or not: the secrets are under it. */
  async start(): Promise<void> {
    this.#passphraseSet = await hasPassphraseFile(this.#path)
    const { choice } = this.notes.current()
    if (this.#passphraseSet && choice !== 'keychain') this.#state = 'locked'
    else await this.#lookForKeychain()
  }

  status(): VaultStatus {
    const missing = this.#state === 'keychain' ? undefined : this.#missing
    return {
      state: this.#state,
      ...(missing !== undefined && { explanation: missing.explanation }),
      howTo: missing?.howTo ?? [],
      passphraseSet: this.#passphraseSet,
    }
  }

  retry(): Promise<VaultStatus> {
    return this.#oneByOne(async () => {
      if (this.#state === 'run-only') throw notNow(this.#state)
      if (this.#state === 'undecided') await this.#lookForKeychain()
    })
  }

  setPassphrase(passphrase: string): Promise<VaultStatus> {
    return this.#oneByOne(async () => {
      if (this.#state !== 'undecided') throw notNow(this.#state)
      const vault = await createPassphraseVault(this.#path, passphrase)
      this.#passphraseSet = true
      await this.#settleOn(vault, 'passphrase')
    })
  }

  unlock(passphrase: string): Promise<VaultStatus> {
    return this.#oneByOne(async () => {
      if (this.#state !== 'locked' && !(this.#state === 'undecided' && this.#passphraseSet)) {
        throw notNow(this.#state)
      }
      await this.#settleOn(await unlockPassphraseVault(this.#path, passphrase), 'passphrase')
    })
  }

  keepForThisRun(): Promise<VaultStatus> {
    return this.#oneByOne(() => {
      if (this.#state !== 'undecided' && this.#state !== 'locked') throw notNow(this.#state)
      this.#vault = createRunVault()
      this.#state = 'run-only'
    })
  }

  active(): Vault {
    if (this.#vault !== undefined) return this.#vault
    throw this.#state === 'locked'
      ? new ForagerError('locked', 'The secrets are locked.', { next: 'Unlock them with your passphrase.' })
      : new ForagerError('no-keychain', 'There is no place to keep secrets in yet.', {
          next: 'Set a passphrase, or keep secrets for this run only.',
        })
  }

  durable(): boolean {
    return this.#state === 'keychain' || this.#state === 'passphrase'
  }

  async #lookForKeychain(): Promise<void> {
    const found = await this.#keychain.examine()
    this.#missing = found.usable ? undefined : found
    if (found.usable) await this.#settleOn(this.#keychain, 'keychain')
  }

  async #settleOn(vault: Vault, choice: 'keychain' | 'passphrase'): Promise<void> {
    await this.notes.update((notes) => (notes.choice === choice ? notes : { ...notes, choice }))
    this.#vault = vault
    this.#state = choice
  }

  #oneByOne(step: () => Promise<void> | void): Promise<VaultStatus> {
    const work = this.#last.then(step).then(() => this.status())
    this.#last = work.catch(() => undefined)
    return work
  }
}

/** A damaged file counts: it must be unlocked or mended, never silently replaced. */
async function hasPassphraseFile(path: string): Promise<boolean> {
  try {
    return (await readPassphraseFile(path)) !== undefined
  } catch (thrown) {
    if (thrown instanceof ForagerError) return true
    throw thrown
  }
}

const because: Record<VaultStatus['state'], string> = {
  keychain: 'Secrets are in the keychain already.',
  passphrase: 'Secrets are under your passphrase already.',
  'run-only': 'Secrets are kept for this run only, and so is all that was opened with them.',
  locked: 'There is a passphrase already: unlock with it.',
  undecided: 'No passphrase has been set yet.',
}

function notNow(state: VaultStatus['state']): ForagerError {
  return new ForagerError('rejected', because[state], {
    did: 'Nothing was changed.',
    ...(state === 'run-only' && {
      next: 'Send or export what waits, then start Forager again and choose anew.',
    }),
  })
}
