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

/** The calls of the first screen. */
export function welcomeCalls(state: FakeState, emit: Emit): FakeCalls {
  let vault: VaultStatus = { state: 'keychain', howTo: [], passphraseSet: false }
  if (state.kind === 'vault') vault = undecided
  if (state.kind === 'locked') vault = { state: 'locked', howTo: [], passphraseSet: true }
  const settle = (next: VaultStatus['state']) =>
    (vault = { state: next, howTo: [], passphraseSet: next === 'passphrase' })
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
    'profiles.open': open,
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
