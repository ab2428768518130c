import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.mjs'

// The password goes in on stdin, as the daemon wants it; what the daemon prints is for shells and is not needed. The bus's own
// remarks about the machine go nowhere, the program's words stay: file descriptor 3 carries its stderr past the bus.
const unlockThenRun =
  'printf %s forager-tests | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@" 2>&3 3>&-'
const quietBus = 'exec dbus-run-session -- sh -c "$0" sh "$@" 3>&2 2>/dev/null'

/**
 * Runs a program where it finds a real, unlocked Secret Service that nobody else sees: a session bus and a keyring of its
 * own, in a folder that is gone afterwards. On systems with a built-in keychain it is simply run.
 */
export async function runWithKeyring(command, args, options = {}) {
  if (process.platform !== 'linux') return run(command, args, options)
  const folder = mkdtempSync(join(tmpdir(), 'forager-keyring-'))
  const env = { ...options.env, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: join(folder, 'data') }
  try {
    return await run('sh', ['-c', quietBus, unlockThenRun, command, ...args], { ...options, env })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
