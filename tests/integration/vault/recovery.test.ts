import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOutboxKey } from '#main/store/is-outbox-key.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { createProfileRecovery } from '#main/vault/profile-recovery.ts'
import { createProfileSecrets } from '#main/vault/profile-secrets.ts'
import { createVaultService } from '#main/vault/vault-service.ts'
import type { KeychainVault } from '#main/vault/keychain-vault.ts'
import { createKeychainVault } from '#main/vault/keychain-vault.ts'
import { temporaryFolders } from './temporary-folder.ts'

const newFolder = temporaryFolders()

/** A keychain in memory; `undefined` secrets: there is none. */
function keychainOf(secrets: Map<string, string> | undefined): KeychainVault {
  const gone = () => Object.assign(new Error('no such library'), { code: 'ERR_DLOPEN_FAILED' })
  return createKeychainVault({
    load: () =>
      secrets === undefined
        ? Promise.reject(gone())
        : Promise.resolve({
            getPassword: (_, account) => Promise.resolve(secrets.get(account) ?? null),
            setPassword: async (_, account, secret) => void secrets.set(account, secret),
            deletePassword: (_, account) => Promise.resolve(secrets.delete(account)),
          }),
  })
}

/** Forager on one data folder, with the keychain given. */
async function start(folder: string, secretsThere: Map<string, string> | undefined) {
  const vault = await createVaultService({ folder, keychain: keychainOf(secretsThere) })
  const folderOf = (id: string) => Promise.resolve(join(folder, id))
  const secrets = createProfileSecrets(vault, folderOf)
  const parts = { vault: Promise.resolve(vault), secrets, folderOf, opens: isOutboxKey, now: () => 1_000 }
  const recovery = createProfileRecovery(parts)
  /** A key that is written down and said to be. */
  const onPaper = async (id: string) => {
    const { code } = await recovery.make(id)
    return { code, ...(await recovery.keep(id, code)) }
  }
  return { vault, secrets, recovery, onPaper }
}

describe('a recovery key', () => {
  it('brings the database key back when the keychain is lost, and the keychain has it from then on', async () => {
    const folder = newFolder()
    const before = await start(folder, new Map())
    const key = await before.secrets.databaseKey('p')
    const { code, madeAt } = await before.onPaper('p')
    expect(await before.recovery.madeAt('p')).toBe(madeAt)

    const after = await start(folder, new Map())
    await expect(after.secrets.databaseKey('p')).rejects.toMatchObject({ kind: 'no-keychain' })
    await after.recovery.restore('p', code.toLowerCase())
    expect(await after.secrets.databaseKey('p')).toBe(key)
  })

  it('goes under a passphrase as well', async () => {
    const folder = newFolder()
    const before = await start(folder, new Map())
    const key = await before.secrets.databaseKey('p')
    const { code } = await before.onPaper('p')
    const after = await start(folder, undefined)
    await after.vault.setPassphrase('correct horse battery')
    await after.recovery.restore('p', code)
    expect(await after.secrets.databaseKey('p')).toBe(key)
  })

  it('is of no use once a newer one was made, for another profile, or with a slip: each is told apart', async () => {
    const folder = newFolder()
    const { onPaper } = await start(folder, new Map())
    const { code: old } = await onPaper('p')
    const { code: other } = await onPaper('q')
    const { code } = await onPaper('p')
    const lost = (await start(folder, new Map())).recovery
    for (const wrong of [old, other])
      await expect(lost.restore('p', wrong)).rejects.toThrow('does not open this profile')
    await expect(lost.restore('p', code.slice(1))).rejects.toThrow('a character is wrong or missing')
    await expect(lost.restore('never', code)).rejects.toMatchObject({ kind: 'not-found' })
    await lost.restore('p', code)
  })

  it('is asked for also when the notes on keys went with the keychain: nothing new is made beside what is there', async () => {
    const folder = newFolder()
    const before = await start(folder, new Map())
    const key = await before.secrets.databaseKey('p')
    const { code } = await before.onPaper('p')
    const notes = join(folder, 'vault.json')
    writeFileSync(notes, readFileSync(notes, 'utf8').slice(0, 20))

    const empty = new Map<string, string>()
    const after = await start(folder, empty)
    await expect(after.secrets.databaseKey('p')).rejects.toMatchObject({ kind: 'no-keychain' })
    expect(empty.size).toBe(0)
    await after.recovery.restore('p', code)
    expect(await after.secrets.databaseKey('p')).toBe(key)
  })

  it.each(['outbox.sqlite', 'cache.sqlite'])(
    'where none was made, %s alone keeps a new key from being made',
    async (name) => {
      const folder = newFolder()
      mkdirSync(join(folder, 'p'))
      const { secrets } = await start(folder, new Map())
      writeFileSync(join(folder, 'p', name), '')
      await expect(secrets.databaseKey('p')).rejects.toMatchObject({ kind: 'no-keychain' })
    },
  )

  it('replaces a key that is kept and does not open the outbox, as its own does; never one that opens it', async () => {
    const folder = newFolder()
    const secretsThere = new Map<string, string>()
    const { recovery, secrets, onPaper } = await start(folder, secretsThere)
    const key = await secrets.databaseKey('p')
    const { code } = await onPaper('p')
    const [account = ''] = secretsThere.keys()
    const location = { folder: join(folder, 'p'), care: 'disposable' } as const
    openOutbox({ ...location, keyHex: key }).close()
    secretsThere.set(account, 'ff'.repeat(32))
    await recovery.restore('p', code)
    expect(await secrets.databaseKey('p')).toBe(key)

    rmSync(outboxPath(location.folder))
    openOutbox({ ...location, keyHex: 'ee'.repeat(32) }).close()
    secretsThere.set(account, 'ee'.repeat(32))
    await expect(recovery.restore('p', code)).rejects.toMatchObject({ kind: 'conflict' })
    expect(await secrets.databaseKey('p')).toBe('ee'.repeat(32))
  })

  it('never replaces another key that is kept already where there is no outbox to tell', async () => {
    const folder = newFolder()
    const secretsThere = new Map<string, string>()
    const { recovery, secrets, onPaper } = await start(folder, secretsThere)
    const { code } = await onPaper('p')
    const [account = ''] = secretsThere.keys()
    secretsThere.set(account, 'ff'.repeat(32))
    await expect(recovery.restore('p', code)).rejects.toMatchObject({ kind: 'conflict' })
    expect(await secrets.databaseKey('p')).toBe('ff'.repeat(32))
  })

  it('opens nothing until it is kept: what ends before leaves the one on paper in force', async () => {
    const folder = newFolder()
    const secretsThere = new Map<string, string>()
    const before = await start(folder, secretsThere)
    const key = await before.secrets.databaseKey('p')
    const { code: shown } = await before.recovery.make('p')
    expect(await before.recovery.madeAt('p')).toBeUndefined()
    const { code: old } = await before.onPaper('p')
    const text = readFileSync(join(folder, 'p', 'recovery.json'), 'utf8')
    const { code: unseen } = await before.recovery.make('p')
    expect(readFileSync(join(folder, 'p', 'recovery.json'), 'utf8')).toBe(text)

    // Forager ended here, and the keychain was lost.
    const lost = await start(folder, new Map())
    for (const wrong of [shown, unseen]) {
      await expect(lost.recovery.restore('p', wrong)).rejects.toThrow('does not open this profile')
      await expect(lost.recovery.keep('p', wrong)).rejects.toMatchObject({ kind: 'rejected' })
    }
    await lost.recovery.restore('p', old)
    expect(await lost.secrets.databaseKey('p')).toBe(key)
  })

  it('is kept as the one that was shown, whichever others were made beside it, and for its own profile', async () => {
    const { recovery } = await start(newFolder(), new Map())
    const { code: seen } = await recovery.make('p')
    const { code: unseen } = await recovery.make('p')
    await expect(recovery.keep('q', seen)).rejects.toMatchObject({ kind: 'rejected' })
    await expect(recovery.keep('p', 'no key')).rejects.toMatchObject({ kind: 'rejected' })
    await recovery.keep('p', seen.toLowerCase())
    await recovery.restore('p', seen)
    await expect(recovery.restore('p', unseen)).rejects.toThrow('does not open this profile')
    await expect(recovery.keep('p', unseen)).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('that cannot be written is not in force, and can be kept again', async () => {
    const folder = newFolder()
    const { recovery, onPaper, secrets } = await start(folder, new Map())
    const { code: old } = await onPaper('p')
    const { code } = await recovery.make('p')
    renameSync(join(folder, 'p'), join(folder, 'aside'))
    writeFileSync(join(folder, 'p'), 'a file in the way')
    await expect(recovery.keep('p', code)).rejects.toThrow()
    rmSync(join(folder, 'p'))
    renameSync(join(folder, 'aside'), join(folder, 'p'))
    await recovery.restore('p', old)
    await recovery.keep('p', code)
    await recovery.restore('p', code)
    expect(await secrets.databaseKey('p')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is written down nowhere, nor is the key it opens', async () => {
    const folder = newFolder()
    const { secrets, onPaper } = await start(folder, new Map())
    const { code } = await onPaper('p')
    const text = readFileSync(join(folder, 'p', 'recovery.json'), 'utf8')
    expect(text).not.toContain(await secrets.databaseKey('p'))
    for (const group of code.split('-')) expect(text.toUpperCase()).not.toContain(`"${group}`)
    expect(text).not.toContain(code.replaceAll('-', ''))
  })

  it('is not made while secrets last for this run only', async () => {
    const { vault, recovery } = await start(newFolder(), undefined)
    await vault.keepForThisRun()
    await expect(recovery.make('p')).rejects.toMatchObject({ kind: 'rejected' })
    expect(await recovery.madeAt('p')).toBeUndefined()
  })

  it('says so when its file is damaged, and leaves the file', async () => {
    const folder = newFolder()
    const { recovery, onPaper } = await start(folder, new Map())
    const { code } = await onPaper('p')
    const path = join(folder, 'p', 'recovery.json')
    writeFileSync(path, '{"version":1')
    await expect(recovery.restore('p', code)).rejects.toMatchObject({ kind: 'corrupt' })
    expect(readFileSync(path, 'utf8')).toBe('{"version":1')
  })
})
