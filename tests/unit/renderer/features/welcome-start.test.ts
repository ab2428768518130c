import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VaultStatus } from '#shared/contract/app-calls.ts'
import { WelcomeState } from '../../../../src-renderer/features/welcome/welcome.svelte.ts'
import type { App } from '../../../../src-renderer/state/app.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const inKeychain: VaultStatus = { state: 'keychain', howTo: [], passphraseSet: false }
const known = { id: 'p', kind: 'local', name: 'Mine' }

function welcomeWith(list: () => Promise<unknown>) {
  const looked = Promise.withResolvers<VaultStatus>()
  const call = (name: string) => (name === 'vault.status' ? looked.promise : list())
  const welcome = new WelcomeState({ api: { call } } as unknown as App)
  const started = welcome.start()
  return { welcome, started, looked }
}

describe('the first screen', () => {
  it('lists what was open before at once, and says after a moment that it waits for the keychain', async () => {
    const { welcome, started, looked } = welcomeWith(() => Promise.resolve([known]))
    await vi.advanceTimersByTimeAsync(900)
    expect(welcome.profiles).toEqual([known])
    expect(welcome.keychainIsSlow).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(welcome.keychainIsSlow).toBe(true)
    expect(welcome.busy).toBe('start')
    looked.resolve(inKeychain)
    await started
    expect([welcome.keychainIsSlow, welcome.busy, welcome.vault]).toEqual([false, undefined, inKeychain])
  })

  it('says nothing where the keychain is quick', async () => {
    const { welcome, started, looked } = welcomeWith(() => Promise.resolve([]))
    looked.resolve(inKeychain)
    await started
    await vi.advanceTimersByTimeAsync(5_000)
    expect(welcome.keychainIsSlow).toBe(false)
  })

  it('waits for the keychain also where the list cannot be read, and says what is wrong with it', async () => {
    const { welcome, started, looked } = welcomeWith(() => Promise.reject(new Error('half a file')))
    await vi.advanceTimersByTimeAsync(1_100)
    expect(welcome.busy).toBe('start')
    looked.resolve(inKeychain)
    await started
    expect(welcome.vault).toEqual(inKeychain)
    expect(welcome.problem?.kind).toBe('bug')
  })
})
