import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.mjs'

// The password goes in on stdin, as the daemon wants it; what the daemon prints is for shells and is not needed.
const unlockThenRun =
  'printf %s forager-tests | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'

/**
 * Runs a program where it finds a real, unlocked Secret Service that nobody else sees: a session bus and a keyring of its
 * own, in a folder that is gone afterwards. On systems with a built-in keychain it is simply run.
 */
export async function runWithKeyring(command, args, options = {}) {
  if (process.platform !== 'linux') return run(command, args, options)
  const folder = mkdtempSync(join(tmpdir(), 'forager-keyring-'))
  const env = { ...options.env, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: join(folder, 'data') }
  try {
    const shell = ['sh', '-c', unlockThenRun, 'sh', command, ...args]
    return await run('dbus-run-session', ['--', ...shell], { ...options, env })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
