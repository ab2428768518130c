import { existsSync, readdirSync } from 'node:fs'
import { findCommand } from './paths.mjs'
import { run } from './run.mjs'

/** What the system must bring, and the Debian package that brings it. */
const needs = {
  chromium: { package: 'chromium', present: hasChromium, why: 'a window where Electron is not there' },
  dbus: { package: 'dbus', present: () => has('dbus-run-session'), why: 'a session bus for the tests' },
  keyring: {
    package: 'gnome-keyring',
    present: () => has('gnome-keyring-daemon'),
    why: 'a keychain for the tests',
  },
  libsecret: { package: 'libsecret-1-0', present: hasLibsecret, why: 'reaching the system keychain' },
  strace: {
    package: 'strace',
    present: () => has('strace'),
    why: 'proofs about power cuts and failing disks; without it they are told as not run',
    optional: true,
  },
}

/** Names of what is needed for a purpose. Other systems than Linux have a keychain built in. */
export function needsFor(purpose, { electron }) {
  const linux = process.platform === 'linux'
  if (purpose === 'test') return linux ? ['chromium', 'dbus', 'keyring', 'libsecret', 'strace'] : ['chromium']
  if (purpose === 'faults') return linux ? ['strace'] : []
  if (purpose === 'start') return [...(electron ? [] : ['chromium']), ...(linux ? ['libsecret'] : [])]
  return []
}

/** Whether the purpose is lost without it. */
export const isRequired = (name) => needs[name].optional !== true

const packageOf = (name) => needs[name].package

/** Installs what is missing where we may, and says how to where we may not. Answers what is still missing. */
export async function provideSystemPackages(names) {
  const missing = names.filter((name) => !needs[name].present())
  if (missing.length === 0) return []
  const packages = missing.map(packageOf)
  if (!canInstall()) {
    for (const line of explain(missing, packages)) console.log(line)
    return missing
  }
  console.log(`Installing ${packages.join(', ')} (apt-get) …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await run('apt-get', ['update', '-qq'], { capture: true, env })
  // Apart, because apt-get installs nothing at all when it does not know one of the names.
  const groups = [missing.filter(isRequired), missing.filter((name) => !isRequired(name))]
  let told = ''
  for (const group of groups.filter(({ length }) => length > 0)) {
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...group.map(packageOf)]
    told += (await run('apt-get', args, { capture: true, env })).output
  }
  const left = names.filter((name) => !needs[name].present())
  if (left.length > 0) {
    console.log(`${updated.code === 0 ? '' : updated.output}${told}`.trim())
    for (const line of explain(left, packages)) console.log(line)
  }
  return left
}

function explain(missing, packages) {
  const lines = missing.map((name) => `Missing: ${needs[name].package} (${needs[name].why}).`)
  if (findCommand('apt-get')) return [...lines, `Install with: sudo apt-get install ${packages.join(' ')}`]
  return [...lines, `Install them with your system's package manager: ${packages.join(' ')}`]
}

function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && has('apt-get')
}

function has(command) {
  return findCommand(command) !== undefined
}

function hasChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
  return (
    Boolean(process.env.FORAGER_CHROMIUM) ||
    names.some(has) ||
    existsSync('/Applications/Google Chrome.app') ||
    process.platform === 'win32'
  )
}

function hasLibsecret() {
  const folders = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib']
  const multiarch = ['/lib', '/usr/lib'].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.includes('-linux-'))
          .map((name) => `${folder}/${name}`)
      : [],
  )
  return [...folders, ...multiarch].some((folder) => existsSync(`${folder}/libsecret-1.so.0`))
}
