import { ForagerError } from '#shared/errors/forager-error.ts'
import { deriveKey, newKdf } from '../platform/passphrase-key.ts'
import { writeDurably } from '../platform/write-durably.ts'
import { seal, unseal } from './passphrase-cipher.ts'
import { readPassphraseFile } from './passphrase-file.ts'
import type { PassphraseFile } from './passphrase-file.ts'
import type { Vault } from './port.ts'

/** Not an account: account names never start with a dot. */
const checkName = '.check'
const checkText = 'forager'

/**
 * A new encrypted file of secrets.
 * @throws ForagerError `rejected` when there is one already: it may hold secrets under another passphrase
 */
export async function createPassphraseVault(path: string, passphrase: string): Promise<Vault> {
  if ((await readPassphraseFile(path)) !== undefined) {
    throw new ForagerError('rejected', 'There is a passphrase already.', {
      next: 'Unlock it with that passphrase.',
    })
  }
  const kdf = newKdf()
  const key = await deriveKey(passphrase, kdf)
  const file: PassphraseFile = { version: 1, kdf, check: seal(key, checkName, checkText), entries: {} }
  await writeDurably(path, JSON.stringify(file))
  return vaultOf(path, file, key)
}

/**
 * Opens the encrypted file.
 * @throws ForagerError `rejected` for a wrong passphrase, `not-found` without a file, `corrupt` for a damaged one
 */
export async function unlockPassphraseVault(path: string, passphrase: string): Promise<Vault> {
  const file = await readPassphraseFile(path)
  if (file === undefined) throw new ForagerError('not-found', 'No passphrase has been set on this computer.')
  const key = await deriveKey(passphrase, file.kdf)
  if (unseal(key, checkName, file.check) !== checkText) {
    throw new ForagerError('rejected', 'This is not the passphrase.', { next: 'Try again; nothing is lost.' })
  }
  return vaultOf(path, file, key)
}

/** Memory changes only after the disk has. Writes follow one another, so that none undoes another. */
function vaultOf(path: string, opened: PassphraseFile, key: Buffer): Vault {
  let { entries } = opened
  let last: Promise<void> = Promise.resolve()

  function change(edit: (entries: PassphraseFile['entries']) => PassphraseFile['entries']): Promise<void> {
    const work = last.then(async () => {
      const next = edit(entries)
      await writeDurably(path, JSON.stringify({ ...opened, entries: next }))
      entries = next
    })
    last = work.catch(() => undefined)
    return work
  }

  return {
    get: (account) => Promise.resolve().then(() => read(entries, account, key)),
    set: (account, secret) => change((now) => ({ ...now, [account]: seal(key, account, secret) })),
    delete: (account) => change(({ [account]: _gone, ...rest }) => rest),
    probe: () => Promise.resolve({ usable: true }),
  }
}

function read(entries: PassphraseFile['entries'], account: string, key: Buffer): string | undefined {
  const sealed = Object.hasOwn(entries, account) ? entries[account] : undefined
  if (sealed === undefined) return undefined
  const secret = unseal(key, account, sealed)
  if (secret !== undefined) return secret
  throw new ForagerError('corrupt', 'A secret in the encrypted file is damaged.', {
    did: 'It was left as it is.',
  })
}
