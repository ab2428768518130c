/**
 * `node build/scripts/setup.mjs --for start|test|check|faults`: brings what a command needs, and is silent when all is there.
 * Runs under the system's own Node (18 or later), before anything is installed: built-in modules only.
 */
import { ensureElectron, findElectron } from './lib/electron-binary.mjs'
import { installPackages } from './lib/install-packages.mjs'
import { isRequired, needsFor, provideSystemPackages } from './lib/system-packages.mjs'

const purposes = ['start', 'test', 'check', 'faults']

async function setUp(purpose) {
  await installPackages()
  if (purpose === 'start') await ensureElectron()
  const names = needsFor(purpose, { electron: purpose !== 'check' && findElectron() !== undefined })
  const missing = await provideSystemPackages(names)
  // Forager starts without a keychain or a browser and says what it lacks; its tests would not be the tests.
  if (missing.some(isRequired) && purpose === 'test') process.exitCode = 1
}

const purpose = process.argv[process.argv.indexOf('--for') + 1]
if (!purposes.includes(purpose)) {
  console.error(`Usage: node build/scripts/setup.mjs --for ${purposes.join('|')}`)
  process.exitCode = 2
} else
  await setUp(purpose).catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
