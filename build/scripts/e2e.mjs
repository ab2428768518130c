/**
 * `npm run test:e2e [-- NAME …]`: the built app in a real browser (or Electron where it is), with a real keychain. A name
 * takes the specs whose file name contains it; what begins with a dash goes to Playwright.
 */
import { buildIfStale } from './lib/build-state.mjs'
import { runWithKeyring } from './lib/keyring.mjs'
import { ownNode, tools } from './lib/paths.mjs'

try {
  await buildIfStale()
  const { code } = await runWithKeyring(ownNode, [tools.playwright, 'test', ...process.argv.slice(2)])
  process.exitCode = code
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
