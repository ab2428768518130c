import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode, root } from './paths.mjs'
import { run } from './run.mjs'

const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules/.forager-stamp')
const installedFile = join(root, 'node_modules/.package-lock.json')

/**
 * Installs exactly what package-lock.json names, when that is not there already. Throws when it cannot. Native packages bring their
 * binaries, and npm would compile them all the same where it finds a binding.gyp: of the scripts, only that of the Node which Forager
 * runs on is needed, for it fetches that.
 */
export async function installPackages() {
  if (packagesAreCurrent()) return
  console.log('Installing packages (npm ci) …')
  await runNpm('ci', '--ignore-scripts', '--no-audit', '--no-fund')
  await runNpm('rebuild', 'node', '--ignore-scripts=false')
  if (!existsSync(ownNode)) throw new Error('npm ci did not bring the Node that Forager runs on')
  writeFileSync(stampFile, hashOfLock())
}

async function runNpm(...words) {
  const { command, args } = npm()
  const { code } = await run(command, [...args, ...words, '--loglevel=error'])
  if (code !== 0) throw new Error(`npm ${words[0]} failed with code ${code}`)
}

/** True when node_modules holds what the lock file names: our stamp says so, or npm's own record does. */
export function packagesAreCurrent() {
  if (!existsSync(ownNode)) return false
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfLock()) return true
  if (!existsSync(installedFile)) return false
  const current = isSatisfied(
    JSON.parse(readFileSync(lockFile, 'utf8')).packages,
    JSON.parse(readFileSync(installedFile, 'utf8')).packages,
  )
  if (current) writeFileSync(stampFile, hashOfLock())
  return current
}

/** Every package the lock needs on every platform is installed, in that version. */
export function isSatisfied(locked, installed) {
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.peer || installed[path]?.version === entry.version,
  )
}

function hashOfLock() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex')
}

/** The npm that started us where there is one, so that no second one is needed on PATH. */
function npm() {
  const path = process.env.npm_execpath
  if (path?.endsWith('.js')) return { command: process.execPath, args: [path] }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] }
}
