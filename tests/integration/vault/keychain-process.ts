import { createKeychainVault } from '#main/vault/keychain-vault.ts'

// A process of its own, because the session bus of a process is fixed when it starts. Prints what the keychain said.
const vault = createKeychainVault({ service: 'Forager test', deadlineMs: 20_000 })
const state = await vault.examine()
if (state.usable) {
  const before = await vault.get('account')
  await vault.set('account', 'sécret ✓')
  const after = await vault.get('account')
  await vault.delete('account')
  await vault.delete('account')
  const gone = await vault.get('account')
  process.stdout.write(JSON.stringify({ state, before: before ?? null, after, gone: gone ?? null }))
} else {
  const failure = await vault.get('account').catch((thrown: { kind?: string }) => thrown.kind)
  process.stdout.write(JSON.stringify({ state, probe: await vault.probe(), failure }))
}
process.exit(0)
