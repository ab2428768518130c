import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runWithKeyring } from '../../../build/scripts/lib/keyring.mjs'

const useKeychain = `
  const keytar = require('keytar')
  keytar.setPassword('forager-test', 'someone', 'kept')
    .then(() => keytar.getPassword('forager-test', 'someone'))
    .then((password) => console.log(JSON.stringify({ password, folder: process.env.XDG_RUNTIME_DIR })))
`

describe.runIf(process.platform === 'linux')('the tests’ own keychain', () => {
  it('is a real Secret Service, unlocked, and gone afterwards', async () => {
    const { code, output } = await runWithKeyring(process.execPath, ['-e', useKeychain], { capture: true })
    expect(code, output).toBe(0)
    const said = JSON.parse(/\{.*\}/.exec(output)?.[0] ?? '{}') as { password: string; folder: string }
    expect(said.password).toBe('kept')
    expect(existsSync(said.folder)).toBe(false)
  })

  it('passes the exit code on', async () => {
    const { code } = await runWithKeyring(process.execPath, ['-e', 'process.exit(7)'], { capture: true })
    expect(code).toBe(7)
  })
})
