/**
 * `npm start [-- options]`: builds when needed, then runs Forager in Electron where its binary is, else in its browser runtime.
 * Options: --user-data DIR, --headless, --port N, --print-address (the last three: browser runtime).
 */
import { buildIfStale } from './lib/build-state.mjs'
import { electronVersion, findElectron } from './lib/electron-binary.mjs'
import { ownNode, root, runtimeMain } from './lib/paths.mjs'
import { become } from './lib/run.mjs'

const args = process.argv.slice(2)

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Electron spells the option as Chromium does, and refuses its sandbox to root. */
function electronArgs() {
  const index = args.indexOf('--user-data')
  const folder = index < 0 ? process.env.FORAGER_USER_DATA : args[index + 1]
  const asRoot = process.getuid?.() === 0
  return [root, ...(folder ? [`--user-data-dir=${folder}`] : []), ...(asRoot ? ['--no-sandbox'] : [])]
}

function start() {
  const wantsBrowser = ['--headless', '--port', '--print-address'].some((option) => args.includes(option))
  const electron = findElectron()
  if (electron !== undefined && hasDisplay() && !wantsBrowser) {
    console.log(`Forager runs in Electron ${electronVersion()}.`)
    become(electron, electronArgs())
    return
  }
  const why =
    electron === undefined ? 'Electron’s binary is not here' : hasDisplay() ? 'asked for' : 'no display'
  const how = hasDisplay() && !args.includes('--headless') ? '' : ', headless'
  console.log(`Forager runs in its browser runtime${how} (${why}).`)
  become(ownNode, ['--disable-warning=ExperimentalWarning', runtimeMain, ...args])
}

try {
  await buildIfStale()
  start()
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
