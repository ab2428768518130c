import type { Vault } from './port.ts'

/** Memory only: everything in it ends with this run of Forager. */
export function createRunVault(): Vault {
  const secrets = new Map<string, string>()
  return {
    get: (account) => Promise.resolve(secrets.get(account)),
    set: (account, secret) => {
      secrets.set(account, secret)
      return Promise.resolve()
    },
    delete: (account) => {
      secrets.delete(account)
      return Promise.resolve()
    },
    probe: () => Promise.resolve({ usable: true }),
  }
}
