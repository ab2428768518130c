/**
 * `npm run tour [-- --readme]`: walks the main job in the built app, a line a step, and leaves pictures in test-results/tour.
 * With `--readme` the pictures that the documentation shows are copied to docs/images.
 */
import { join } from 'node:path'
import { buildIfStale } from './lib/build-state.mjs'
import { runWithKeyring } from './lib/keyring.mjs'
import { findCommand, ownNode, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

const args = [
  '--disable-warning=ExperimentalWarning',
  join(root, 'tests/tour/main.ts'),
  ...process.argv.slice(2),
]
// Pictures come from a browser, whose size can be set to the pixel.
const options = { env: { FORAGER_E2E_RUNTIME: 'browser' } }

try {
  await buildIfStale()
  const keyring =
    process.platform !== 'linux' ||
    (findCommand('dbus-run-session') !== undefined && findCommand('gnome-keyring-daemon') !== undefined)
  const { code } = await (keyring ? runWithKeyring : run)(ownNode, args, options)
  process.exitCode = code
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
