import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contract } from '#shared/contract/contract.ts'
import type { CallName } from '#shared/contract/contract.ts'
import { keychainTimeoutMs } from '#shared/contract/define.ts'
import type { Profile, Session } from '#shared/model/session.ts'
import type { CoreClient } from '#main/app/core-client.ts'
import { allHandlers } from '#main/app/handlers.ts'
import { localSession } from '#main/services/local-workspace.ts'
import { openProfileRegistry } from '#main/services/profile-registry.ts'
import { createKeychainVault } from '#main/vault/keychain-vault.ts'
import { createVaultService } from '#main/vault/vault-service.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-limits-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As an earlier Forager kept it: the login of the proxy is moved to the keychain first. */
const endpoint = { url: 'https://hive.example', proxy: 'http://ana:secret@proxy.example:3128' }
const known = { id: 'p', kind: 'thehive', name: 'Hive', endpoint } as const

/** The keychain as it is asked; each question may take it as long as it is given. */
function countedKeychain(secrets: Map<string, string>) {
  const counted = { questions: 0, there: true }
  const keychain = createKeychainVault({
    load: () => {
      counted.questions += 1
      if (!counted.there) return Promise.reject(new Error('no keychain'))
      return Promise.resolve({
        getPassword: (_, account) => Promise.resolve(secrets.get(account) ?? null),
        setPassword: async (_, account, secret) => void secrets.set(account, secret),
        deletePassword: (_, account) => Promise.resolve(secrets.delete(account)),
      })
    },
  })
  return Object.assign(counted, { keychain })
}

function coreOf(session: Session): CoreClient {
  const opened = {
    ...{ profile: known as Profile, session },
    sync: { connection: 'connecting', setAside: 0, waiting: 0, needAttention: 0, exported: 0 },
  }
  return {
    test: () => Promise.resolve({ session, url: endpoint.url }),
    open: ({ profile }: { profile: Profile }) => Promise.resolve(Object.assign(opened, { profile })),
    current: () => Promise.resolve(opened),
    handlers: {},
  } as unknown as CoreClient
}

async function rig() {
  const secrets = new Map<string, string>()
  const counted = countedKeychain(secrets)
  const registry = openProfileRegistry(folder)
  await registry.save(known)
  const vault = await createVaultService({ folder, keychain: counted.keychain })
  const session = { ...localSession(known), login: 'ana', organisation: 'acme' }
  const handlers = allHandlers({
    ...{ registry, core: coreOf(session), send: () => undefined },
    askSavePath: () => Promise.resolve(undefined),
    info: { name: 'Forager', version: '1.0.0', runtime: 'browser', platform: 'linux' },
    vault: Promise.resolve(vault),
  })
  /** How often it was asked for this. */
  const asked = async (run: () => Promise<unknown>) => {
    const before = counted.questions
    await run()
    return counted.questions - before
  }
  return { handlers, secrets, counted, asked }
}

const waiting = [
  ...([
    'vault.status',
    'vault.setPassphrase',
    'vault.unlock',
    'vault.keepForThisRun',
    'vault.recoveryOf',
    'vault.keepRecoveryKey',
  ] as const),
]

/** A call may come before the look that Forager begins with has ended. */
const firstLook = 1

type Rig = Awaited<ReturnType<typeof rig>>

/** Each call on its longest way that ends well: nothing is kept yet, and what is not there makes the keychain be looked at. */
const longest: Partial<Record<CallName, (rig: Rig) => Promise<number>>> = {
  'vault.makeRecoveryKey': ({ handlers, asked }) =>
    asked(() => handlers['vault.makeRecoveryKey']({ profileId: 'p' })),
  'profiles.connect': ({ handlers, asked }) =>
    asked(() => handlers['profiles.connect']({ endpoint, apiKey: 'k' })),
  'profiles.openLocal': ({ handlers, asked }) =>
    asked(() => handlers['profiles.openLocal']({ name: 'Mine' })),
  'profiles.openSample': ({ handlers, asked }) => asked(() => handlers['profiles.openSample']({})),
  'profiles.open': ({ handlers, asked }) => asked(() => handlers['profiles.open']({ id: 'p' })),
  'profiles.recover': async ({ handlers, secrets, asked }) => {
    const { code } = await handlers['vault.makeRecoveryKey']({ profileId: 'p' })
    expect(await asked(() => handlers['vault.keepRecoveryKey']({ profileId: 'p', code }))).toBe(0)
    secrets.clear()
    return asked(() => handlers['profiles.recover']({ id: 'p', code }))
  },
  'profiles.switchOrganisation': ({ handlers, secrets, asked }) => {
    secrets.set('profile/p/api-key', 'k')
    return asked(() => handlers['profiles.switchOrganisation']({ organisation: 'acme' }))
  },
}

describe('a keychain that takes as long as it may for every question', () => {
  it.each(waiting)('never makes %s late, which waits for the first look alone', (name) => {
    expect(contract[name].timeoutMs).toBeGreaterThan(firstLook * keychainTimeoutMs)
  })

  it.each(Object.entries(longest))('never makes %s late', async (name, ask) => {
    const questions = await ask(await rig())
    expect(questions).toBeGreaterThan(0)
    expect(contract[name as CallName].timeoutMs).toBeGreaterThan((firstLook + questions) * keychainTimeoutMs)
  })

  it('never makes the next look for one late', async () => {
    const secrets = new Map<string, string>()
    const counted = countedKeychain(secrets)
    counted.there = false
    const vault = await createVaultService({ folder, keychain: counted.keychain })
    const before = counted.questions
    counted.there = true
    expect((await vault.retry()).state).toBe('keychain')
    const questions = counted.questions - before
    expect(contract['vault.retry'].timeoutMs).toBeGreaterThan((firstLook + questions) * keychainTimeoutMs)
  })
})
