import type { VaultStatus } from '#shared/contract/app-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Emit, FakeCalls } from './fake-calls.ts'
import type { FakeState } from './fake-state.ts'

const undecided: VaultStatus = {
  state: 'undecided',
  explanation: 'This session has no keychain: no Secret Service answers on the session bus.',
  howTo: [
    'Install gnome-keyring and libsecret: sudo apt-get install gnome-keyring libsecret-1-0',
    'Log in again, so that it is started and unlocked',
  ],
  passphraseSet: false,
}

const sampleCode = '7QX2-M0KD-W9TB-3HRN-5CVA-E8JZ-4P6G'

/** The calls of the first screen. */
export function welcomeCalls(state: FakeState, emit: Emit): FakeCalls {
  let vault: VaultStatus = { state: 'keychain', howTo: [], passphraseSet: false }
  if (state.kind === 'vault') vault = undecided
  if (state.kind === 'locked') vault = { state: 'locked', howTo: [], passphraseSet: true }
  const settle = (next: VaultStatus['state']) =>
    (vault = { state: next, howTo: [], passphraseSet: next === 'passphrase' })
  let recoveryMadeAt: number | null = null
  let keyLost = state.kind === 'keyless'
  const open = () => {
    state.open = state.openProfile()
    emit('profile.changed', state.open)
    return state.open
  }
  return {
    'vault.status': () => vault,
    'vault.retry': () => vault,
    'vault.setPassphrase': () => settle('passphrase'),
    'vault.unlock': ({ passphrase }) => {
      if (passphrase !== 'honey honey honey')
        throw new ForagerError('rejected', 'This passphrase does not open the secrets.', {
          next: 'Try again.',
        })
      return settle('passphrase')
    },
    'vault.keepForThisRun': () => settle('run-only'),
    'profiles.list': () => [
      {
        id: 'p1',
        kind: 'thehive',
        name: 'soc-hive',
        endpoint: { url: 'https://soc-hive.example' },
        login: 'ana',
        organisation: 'soc',
        lastOpenedAt: state.now - 86_400_000,
      },
      { id: 'p2', kind: 'sample', name: 'Sample data', lastOpenedAt: state.now - 9 * 86_400_000 },
    ],
    'profiles.test': ({ endpoint, apiKey }) => {
      if (!endpoint.url.includes('soc-hive'))
        throw new ForagerError('offline', `Nothing answers at ${endpoint.url}.`, {
          did: 'Nothing was stored.',
          next: 'Check the address, and whether you need a VPN or proxy.',
        })
      if (apiKey !== 'good-key')
        throw new ForagerError('unauthorised', 'The server does not accept this API key.', {
          next: 'Copy it again from your user settings.',
        })
      return state.openProfile().session
    },
    'profiles.connect': open,
    'profiles.openLocal': open,
    'profiles.openSample': open,
    'profiles.open': ({ beginAnew }) => {
      if (state.kind === 'unreadable' && beginAnew !== true)
        throw new ForagerError(
          'corrupt',
          'The file of your decisions cannot be read: it is damaged as a whole, or was written with another key. The same is true of its backup, if there is one.',
          {
            did: 'Both were left as they are.',
            next: 'If the keychain was reset or moved, restore its entry for Forager, or use the recovery key. Otherwise restore the file from a backup, or begin with an empty outbox on the first screen.',
            details: { unreadable: 'outbox' },
          },
        )
      if (keyLost)
        throw new ForagerError('no-keychain', 'The key that opens this profile is not where it was kept.', {
          did: 'The profile was not touched: its data is still there, encrypted.',
          next: 'Unlock the keychain it was made with, or use the recovery key.',
        })
      return open()
    },
    'profiles.recover': ({ code }) => {
      if (code !== sampleCode)
        throw new ForagerError(
          'rejected',
          'This cannot be a recovery key: a character is wrong or missing.',
          {
            did: 'Nothing was tried with it.',
            next: 'Compare it with the paper, group by group: seven groups of four.',
          },
        )
      keyLost = false
      return open()
    },
    'vault.recoveryOf': () => ({ madeAt: keyLost ? state.now - 40 * 86_400_000 : recoveryMadeAt }),
    'vault.makeRecoveryKey': () => ({ code: sampleCode }),
    'vault.keepRecoveryKey': () => {
      recoveryMadeAt = state.now
      return { madeAt: state.now }
    },
    'profiles.switchOrganisation': ({ organisation }) => {
      const opened = state.switchOrganisation(organisation)
      emit('profile.changed', opened)
      return opened
    },
    'profiles.close': () => {
      state.open = null
      emit('profile.changed', null)
      return null
    },
    'sync.now': () => null,
    'sync.cancelFill': () => null,
    'sync.resumeFill': () => null,
    'sync.workOffline': () => null,
    'outbox.sendNow': () => null,
  }
}
