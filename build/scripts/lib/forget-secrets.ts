/** `node forget-secrets.ts USER_DATA`: takes out of the system's keychain what Forager kept there for one data folder. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createKeychainVault } from '../../../src-main/vault/keychain-vault.ts'
import { apiAccount, databaseAccount } from '../../../src-main/vault/profile-secrets.ts'

const userData = process.argv[2] ?? ''
const notes = join(userData, 'vault.json')
const profiles = join(userData, 'profiles')

function keptInKeychain(): boolean {
  return (
    existsSync(notes) &&
    (JSON.parse(readFileSync(notes, 'utf8')) as { choice?: string }).choice === 'keychain'
  )
}

if (keptInKeychain() && existsSync(profiles)) {
  const vault = createKeychainVault()
  for (const id of readdirSync(profiles)) {
    await vault.delete(databaseAccount(id))
    await vault.delete(apiAccount(id))
  }
}
