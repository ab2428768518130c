import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode, root } from './paths.mjs'
import { run } from './run.mjs'

const folder = join(root, 'node_modules/electron')
const failedFile = join(root, 'node_modules/.forager-electron-failed')
const triedForMs = 90_000

export function electronVersion() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

/** Where Electron's binary lies, or undefined. `ELECTRON_OVERRIDE_DIST_PATH` names a folder that has one. */
export function findElectron() {
  const pathFile = join(folder, 'path.txt')
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : defaultProgram()
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), program)
  return existsSync(path) ? path : undefined
}

/**
 * Fetches Electron's binary once for each version. Where that cannot be done (no network, a locked-down machine) the
 * failure is remembered and quiet: Forager has another runtime.
 */
export async function ensureElectron() {
  if (findElectron() !== undefined) return
  const version = electronVersion()
  if (existsSync(failedFile) && readFileSync(failedFile, 'utf8') === version) return
  console.log(`Fetching Electron ${version}, once …`)
  const { code } = await run(ownNode, [join(folder, 'install.js')], { capture: true, timeoutMs: triedForMs })
  if (code === 0 && findElectron() !== undefined) return
  console.log('Electron could not be fetched. Forager uses its browser runtime instead.')
  writeFileSync(failedFile, version)
}

function defaultProgram() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
