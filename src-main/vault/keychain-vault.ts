import { randomBytes } from 'node:crypto'
import { keychainTimeoutMs } from '#shared/contract/define.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { explainMissingKeychain } from './explain-missing-keychain.ts'
import type { Explanation } from './explain-missing-keychain.ts'
import { causeOf } from './keychain-causes.ts'
import type { KeychainCause } from './keychain-causes.ts'
import { loadKeytar } from './keytar-module.ts'
import type { Keytar } from './keytar-module.ts'
import type { Vault } from './port.ts'
import { withDeadline } from './with-deadline.ts'

export type KeychainState = { usable: true } | ({ usable: false; cause: KeychainCause } & Explanation)

export interface KeychainVault extends Vault {
  /** Like `probe`, with what to do about it. */
  examine(): Promise<KeychainState>
}

export type KeychainOptions = {
  /** The name secrets stand under in the keychain. */
  service?: string | undefined
  load?: (() => Promise<Keytar>) | undefined
  /** How long a call may take, ms. */
  deadlineMs?: number | undefined
  /** Ends every wait for it: whoever quits does not stay for a password nobody types. */
  signal?: AbortSignal | undefined
}

/** The operating system's keychain. */
export function createKeychainVault(options: KeychainOptions = {}): KeychainVault {
  const { service = 'Forager', load = loadKeytar, deadlineMs = keychainTimeoutMs, signal } = options

  /** @throws whatever keytar or its loading throws */
  const ask = <T>(question: (keytar: Keytar) => Promise<T>): Promise<T> =>
    withDeadline(load().then(question), deadlineMs, signal)

  /** @throws ForagerError `no-keychain` */
  const askOrExplain = <T>(question: (keytar: Keytar) => Promise<T>): Promise<T> =>
    ask(question).catch((thrown: unknown) => {
      const { explanation, howTo } = explain(thrown)
      throw new ForagerError('no-keychain', explanation, { next: howTo[0] ?? '', cause: thrown })
    })

  async function examine(): Promise<KeychainState> {
    const written = randomBytes(16).toString('hex')
    // Its own account each time: two looks at once must not read each other's.
    const account = `probe/${written.slice(0, 8)}`
    try {
      const read = await ask(async (keytar) => {
        await keytar.setPassword(service, account, written)
        const back = await keytar.getPassword(service, account)
        await keytar.deletePassword(service, account)
        return back
      })
      return read === written ? { usable: true } : unusable(new Error('it gave back something else'))
    } catch (thrown) {
      return unusable(thrown)
    }
  }

  /** A locked keyring answers "no such secret": only one that works otherwise is believed. */
  async function get(account: string): Promise<string | undefined> {
    const secret = await askOrExplain((keytar) => keytar.getPassword(service, account))
    if (secret !== null) return secret
    const state = await examine()
    if (state.usable) return undefined
    throw new ForagerError('no-keychain', state.explanation, { next: state.howTo[0] ?? '' })
  }

  return {
    get,
    set: (account, secret) => askOrExplain((keytar) => keytar.setPassword(service, account, secret)),
    delete: async (account) => {
      await askOrExplain((keytar) => keytar.deletePassword(service, account))
    },
    examine,
    probe: async () => {
      const state = await examine()
      return state.usable ? state : { usable: false, reason: state.explanation }
    },
  }
}

function unusable(thrown: unknown): KeychainState {
  const cause = causeOf(thrown, process.env, process.platform)
  return { usable: false, cause, ...explain(thrown) }
}

function explain(thrown: unknown): Explanation {
  const cause = causeOf(thrown, process.env, process.platform)
  return explainMissingKeychain(cause, process.platform, thrown instanceof Error ? thrown.message : '')
}
