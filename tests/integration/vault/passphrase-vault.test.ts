import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPassphraseVault, unlockPassphraseVault } from '#main/vault/passphrase-vault.ts'
import { temporaryFolders } from './temporary-folder.ts'

const newFolder = temporaryFolders()
const newPath = () => join(newFolder(), 'secrets.json')
const passphrase = 'correct horse battery'

describe('secrets under a passphrase', () => {
  it('are there again after unlocking, and not on the disk in plain text', async () => {
    const path = newPath()
    const vault = await createPassphraseVault(path, passphrase)
    await vault.set('one', 'first-secret')
    await vault.set('two', 'second-secret')
    await vault.set('one', 'changed-secret')
    await vault.delete('two')
    const again = await unlockPassphraseVault(path, passphrase)
    expect([await again.get('one'), await again.get('two')]).toEqual(['changed-secret', undefined])
    expect(readFileSync(path, 'utf8')).not.toMatch(/secret/)
  })

  it('are in a file for this account alone, with no draft left beside it', async () => {
    const path = newPath()
    await (await createPassphraseVault(path, passphrase)).set('one', 'x')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(path, '..'))).toEqual(['secrets.json'])
  })

  it('survive being written all at once', async () => {
    const path = newPath()
    const vault = await createPassphraseVault(path, passphrase)
    const names = Array.from({ length: 12 }, (_, at) => `account-${at}`)
    await Promise.all(names.map((name) => vault.set(name, `${name}-value`)))
    const again = await unlockPassphraseVault(path, passphrase)
    for (const name of names) expect(await again.get(name)).toBe(`${name}-value`)
  })

  it('stay shut for another passphrase, which is told apart from damage', async () => {
    const path = newPath()
    await createPassphraseVault(path, passphrase)
    await expect(unlockPassphraseVault(path, 'wrong horse')).rejects.toMatchObject({ kind: 'rejected' })
    writeFileSync(path, '{"version":1}')
    await expect(unlockPassphraseVault(path, passphrase)).rejects.toMatchObject({ kind: 'corrupt' })
    expect(readFileSync(path, 'utf8')).toBe('{"version":1}')
  })

  it('open however the letters of the passphrase were composed', async () => {
    const path = newPath()
    await createPassphraseVault(path, 'grün-geheim')
    await expect(unlockPassphraseVault(path, 'gru\u0308n-geheim')).resolves.toBeDefined()
  })

  it('are never replaced by a new, empty file', async () => {
    const path = newPath()
    await (await createPassphraseVault(path, passphrase)).set('one', 'x')
    await expect(createPassphraseVault(path, 'another one')).rejects.toMatchObject({ kind: 'rejected' })
    writeFileSync(path, 'garbage')
    await expect(createPassphraseVault(path, passphrase)).rejects.toMatchObject({ kind: 'corrupt' })
  })

  it('do not open in each other’s place', async () => {
    const path = newPath()
    const vault = await createPassphraseVault(path, passphrase)
    await vault.set('a', 'first')
    await vault.set('b', 'second')
    const file = JSON.parse(readFileSync(path, 'utf8')) as { entries: Record<string, unknown> }
    writeFileSync(path, JSON.stringify({ ...file, entries: { a: file.entries['b'], b: file.entries['a'] } }))
    const swapped = await unlockPassphraseVault(path, passphrase)
    await expect(swapped.get('a')).rejects.toMatchObject({ kind: 'corrupt' })
  })
})
