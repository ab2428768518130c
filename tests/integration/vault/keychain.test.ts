import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeychainVault } from '#main/vault/keychain-vault.ts'
import { temporaryFolders } from './temporary-folder.ts'

const child = join(import.meta.dirname, 'keychain-process.ts')
const newFolder = temporaryFolders()

function has(...commands: string[]): boolean {
  try {
    for (const command of commands) execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs the child in a home, runtime folder and session of its own; never on the machine's real keyring. */
function inSession(script: string, extra: Record<string, string> = {}): Record<string, unknown> {
  const folder = newFolder()
  const { PATH = '', LANG = '' } = process.env
  const env = {
    PATH,
    LANG,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    NODE: process.execPath,
    CHILD: child,
    ...extra,
  }
  const output = execFileSync('sh', ['-c', script], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 50_000,
  })
  const text = output.toString()
  return JSON.parse(text.slice(text.indexOf('{'))) as Record<string, unknown>
}

const linux = process.platform === 'linux'
const bus = linux && has('dbus-run-session')

describe.skipIf(!bus || !has('gnome-keyring-daemon'))('with a real Secret Service', () => {
  it('secrets are stored, read back and gone when deleted', () => {
    const daemon = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
    const said = inSession(`exec dbus-run-session -- sh -c '${daemon}; exec "$NODE" "$CHILD"'`)
    expect(said).toEqual({ state: { usable: true }, before: null, after: 'sécret ✓', gone: null })
  })

  it('a keyring nobody can unlock is named, with what to do', () => {
    const daemon = 'gnome-keyring-daemon --start --components=secrets >/dev/null'
    const { state, failure } = inSession(`exec dbus-run-session -- sh -c '${daemon}; exec "$NODE" "$CHILD"'`)
    expect(state).toMatchObject({ usable: false, cause: expect.stringMatching(/^(locked|no-keyring)$/) })
    expect(failure).toBe('no-keychain')
  })
})

describe.skipIf(!linux)('without a Secret Service', () => {
  it('a machine without a session is explained, not crashed on', () => {
    const { state, probe, failure } = inSession('exec "$NODE" "$CHILD"')
    expect(state).toMatchObject({ usable: false, cause: expect.stringMatching(/^no-(bus|library)$/) })
    expect((state as { howTo: string[] }).howTo.join(' ')).toContain('gnome-keyring')
    expect(probe).toMatchObject({ usable: false, reason: (state as { explanation: string }).explanation })
    expect(failure).toBe('no-keychain')
  })

  it.skipIf(!bus)('a session in which nobody keeps secrets is told apart from that', () => {
    const { state } = inSession('exec dbus-run-session -- "$NODE" "$CHILD"', { XDG_DATA_DIRS: newFolder() })
    expect(state).toMatchObject({
      usable: false,
      cause: expect.stringMatching(/^no-(service|keyring|library)$/),
    })
  })
})

describe('a keychain that misbehaves', () => {
  it('by never answering is given up after its deadline', async () => {
    const vault = createKeychainVault({ load: () => new Promise(() => undefined), deadlineMs: 20 })
    expect(await vault.examine()).toMatchObject({ usable: false, cause: 'no-answer' })
  })

  it('by never answering holds up nobody who leaves', async () => {
    const leaving = new AbortController()
    const load = () => new Promise<never>(() => undefined)
    const vault = createKeychainVault({ load, signal: leaving.signal })
    const asked = vault.get('account')
    leaving.abort()
    await expect(asked).rejects.toMatchObject({ kind: 'no-keychain' })
    expect(await vault.examine()).toMatchObject({ usable: false, cause: 'no-answer' })
  })

  it('by giving back something else is not used', async () => {
    const vault = createKeychainVault({
      load: () =>
        Promise.resolve({
          getPassword: () => Promise.resolve('else'),
          setPassword: () => Promise.resolve(),
          deletePassword: () => Promise.resolve(true),
        }),
    })
    expect((await vault.probe()).usable).toBe(false)
  })
})
