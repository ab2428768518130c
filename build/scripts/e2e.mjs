/**
 * `npm run test:e2e [-- NAME] [options]`: the built app in a real browser (or Electron where it is), with a real keychain. A name
 * takes the specs whose path below tests/e2e contains it; the options are Playwright's.
 */
import { buildIfStale } from './lib/build-state.mjs'
import { runWithKeyring } from './lib/keyring.mjs'
import { ownNode, tools } from './lib/paths.mjs'

const [first, ...others] = process.argv.slice(2)
// Playwright would look for the name in the whole path, which holds the project's folder too.
const named = first === undefined || first.startsWith('-') ? first : `e2e[\\\\/].*${first}`
const args = named === undefined ? [] : [named, ...others]

try {
  await buildIfStale()
  const { code } = await runWithKeyring(ownNode, [tools.playwright, 'test', ...args])
  process.exitCode = code
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
