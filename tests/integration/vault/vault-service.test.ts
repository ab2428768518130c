import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeychainVault } from '#main/vault/keychain-vault.ts'
import type { KeychainVault } from '#main/vault/keychain-vault.ts'
import { createProfileSecrets } from '#main/vault/profile-secrets.ts'
import { createVaultService } from '#main/vault/vault-service.ts'
import type { VaultService } from '#main/vault/vault-service.ts'
import { vaultStatusSchema } from '#shared/contract/app-calls.ts'
import { temporaryFolders } from './temporary-folder.ts'

const newFolder = temporaryFolders()
const passphrase = 'correct horse battery'

/** Of profiles that have no files yet. */
const secretsOf = (service: VaultService) =>
  createProfileSecrets(service, (id) => Promise.resolve(join(newFolder(), id)))

/** A keychain that can be taken away; its secrets stay. */
function switchable(): KeychainVault & { there: boolean; secrets: Map<string, string> } {
  const secrets = new Map<string, string>()
  const gone = () => Object.assign(new Error('no such library'), { code: 'ERR_DLOPEN_FAILED' })
  const keychain = createKeychainVault({
    load: () => {
      if (!all.there) return Promise.reject(gone())
      return Promise.resolve({
        getPassword: (_, account) => Promise.resolve(secrets.get(account) ?? null),
        setPassword: async (_, account, secret) => void secrets.set(account, secret),
        deletePassword: (_, account) => Promise.resolve(secrets.delete(account)),
      })
    },
  })
  const all = Object.assign(keychain, { there: true, secrets })
  return all
}

describe('where secrets are kept', () => {
  it('is the keychain wherever there is one, and it is left clean by the look', async () => {
    const keychain = switchable()
    const service = await createVaultService({ folder: newFolder(), keychain })
    expect(service.status()).toEqual({ state: 'keychain', howTo: [], passphraseSet: false })
    await service.active().set('a', 'x')
    expect([...keychain.secrets]).toEqual([['a', 'x']])
  })

  it('is undecided without one: explained, and nothing can be stored', async () => {
    const keychain = switchable()
    keychain.there = false
    const service = await createVaultService({ folder: newFolder(), keychain })
    const status = vaultStatusSchema.parse(service.status())
    expect(status.state).toBe('undecided')
    expect(status.explanation).toBeTruthy()
    expect(status.howTo.length).toBeGreaterThan(0)
    expect(() => service.active()).toThrow(/no place to keep secrets/)
    await expect(secretsOf(service).mustBeUsable()).rejects.toMatchObject({ kind: 'no-keychain' })
  })

  it('becomes the keychain when one appears', async () => {
    const keychain = switchable()
    keychain.there = false
    const service = await createVaultService({ folder: newFolder(), keychain })
    expect((await service.retry()).state).toBe('undecided')
    keychain.there = true
    expect((await service.retry()).state).toBe('keychain')
  })

  it('stays this run alone to its end: no keychain that appears and no passphrase makes its folders look forgotten', async () => {
    const [folder, keychain] = [newFolder(), switchable()]
    keychain.there = false
    const service = await createVaultService({ folder, keychain })
    expect((await service.keepForThisRun()).state).toBe('run-only')
    const key = await secretsOf(service).databaseKey('p')
    keychain.there = true
    for (const refused of [service.retry(), service.setPassphrase(passphrase)])
      await expect(refused).rejects.toMatchObject({ kind: 'rejected', next: expect.stringMatching(/start/) })
    expect(service.status()).toMatchObject({ state: 'run-only', passphraseSet: false })
    expect(service.durable()).toBe(false)
    expect(await secretsOf(service).databaseKey('p')).toBe(key)
    expect(keychain.secrets.size).toBe(0)
    expect((await createVaultService({ folder, keychain })).status().state).toBe('keychain')
  })

  it('is a passphrase once chosen: locked at the next start, also when a keychain has appeared', async () => {
    const [folder, keychain] = [newFolder(), switchable()]
    keychain.there = false
    const first = await createVaultService({ folder, keychain })
    expect(await first.setPassphrase(passphrase)).toMatchObject({ state: 'passphrase', passphraseSet: true })
    await first.active().set('a', 'kept')
    keychain.there = true
    const second = await createVaultService({ folder, keychain })
    expect(second.status()).toMatchObject({ state: 'locked', passphraseSet: true })
    expect(() => second.active()).toThrow(/locked/)
    await expect(second.unlock('not this one')).rejects.toMatchObject({ kind: 'rejected' })
    expect(second.status().state).toBe('locked')
    expect((await second.unlock(passphrase)).state).toBe('passphrase')
    expect(await second.active().get('a')).toBe('kept')
  })

  it('can be this run alone although a passphrase exists, which then stays untouched', async () => {
    const [folder, keychain] = [newFolder(), switchable()]
    keychain.there = false
    await (await createVaultService({ folder, keychain })).setPassphrase(passphrase)
    const before = readFileSync(join(folder, 'secrets.json'), 'utf8')
    const service = await createVaultService({ folder, keychain })
    expect(await service.keepForThisRun()).toMatchObject({ state: 'run-only', passphraseSet: true })
    await service.active().set('a', 'x')
    await expect(service.setPassphrase('another one')).rejects.toMatchObject({ kind: 'rejected' })
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(before)
  })

  it('refuses what makes no sense now, with a reason and without a change', async () => {
    const service = await createVaultService({ folder: newFolder(), keychain: switchable() })
    for (const refused of [
      service.setPassphrase(passphrase),
      service.unlock(passphrase),
      service.keepForThisRun(),
    ]) {
      await expect(refused).rejects.toMatchObject({ kind: 'rejected', did: 'Nothing was changed.' })
    }
    expect(service.status().state).toBe('keychain')
  })

  it('remembers no secret in its notes, and lives with notes that make no sense', async () => {
    const [folder, keychain] = [newFolder(), switchable()]
    const service = await createVaultService({ folder, keychain })
    const key = await secretsOf(service).databaseKey('p')
    const notes = readFileSync(join(folder, 'vault.json'), 'utf8')
    expect(notes).not.toContain(key)
    writeFileSync(join(folder, 'vault.json'), 'not JSON')
    const again = await createVaultService({ folder, keychain })
    expect(await secretsOf(again).databaseKey('p')).toBe(key)
  })
})

describe('the key of a profile', () => {
  it('is made once, 32 bytes, and the same for everybody who asks at once', async () => {
    const service = await createVaultService({ folder: newFolder(), keychain: switchable() })
    const secrets = secretsOf(service)
    const keys = await Promise.all(['p', 'p', 'q', 'p'].map((id) => secrets.databaseKey(id)))
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(keys).size).toBe(2)
    expect(service.notes.current().keyed.toSorted()).toEqual(['p', 'q'])
  })

  it('is never replaced once stored: losing the keychain is not a reason to start afresh', async () => {
    const [folder, keychain] = [newFolder(), switchable()]
    await secretsOf(await createVaultService({ folder, keychain })).databaseKey('p')
    keychain.secrets.clear()
    const secrets = secretsOf(await createVaultService({ folder, keychain }))
    await expect(secrets.databaseKey('p')).rejects.toMatchObject({ kind: 'no-keychain' })
    expect(keychain.secrets.size).toBe(0)
  })

  it('stands beside the API key, which comes and goes', async () => {
    const secrets = secretsOf(await createVaultService({ folder: newFolder(), keychain: switchable() }))
    expect(await secrets.apiKey('p')).toBeUndefined()
    await secrets.saveApiKey('p', 'one')
    await secrets.saveApiKey('p', 'two')
    expect(await secrets.apiKey('p')).toBe('two')
    await secrets.deleteApiKey('p')
    expect(await secrets.apiKey('p')).toBeUndefined()
  })

  it('stands beside the proxy with its login, which is there for good wherever the API key is', async () => {
    const proxy = 'http://ana:secret@proxy.example:3128'
    const keychain = switchable()
    const secrets = secretsOf(await createVaultService({ folder: newFolder(), keychain }))
    expect(await secrets.proxy('p')).toBeUndefined()
    expect(await secrets.saveProxy('p', proxy)).toBe(true)
    expect(keychain.secrets.get('profile/p/proxy')).toBe(proxy)
    expect(await secrets.proxy('p')).toBe(proxy)
    await secrets.deleteProxy('p')
    expect(keychain.secrets.size).toBe(0)

    keychain.there = false
    const folder = newFolder()
    const service = await createVaultService({ folder, keychain })
    const without = secretsOf(service)
    await expect(without.saveProxy('p', proxy)).rejects.toMatchObject({ kind: 'no-keychain' })
    await service.setPassphrase(passphrase)
    expect(await without.saveProxy('p', proxy)).toBe(true)
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('secret@')
    expect(await without.proxy('p')).toBe(proxy)

    const forThisRun = await createVaultService({ folder: newFolder(), keychain })
    await forThisRun.keepForThisRun()
    expect(await secretsOf(forThisRun).saveProxy('p', proxy)).toBe(false)
    expect(await secretsOf(forThisRun).proxy('p')).toBe(proxy)
  })

  it('is not made when the folder has gone', async () => {
    const [folder, keychain] = [newFolder(), switchable()]
    const service = await createVaultService({ folder, keychain })
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'a file in the way')
    await expect(secretsOf(service).databaseKey('p')).rejects.toThrow()
  })
})
