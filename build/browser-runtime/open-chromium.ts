import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'brave-browser',
]

/** One window without tabs, no first-run talk, and no network traffic of the browser's own. */
export const quietFlags = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-mode',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,InterestFeedContentSuggestions',
  '--metrics-recording-only',
  '--no-pings',
  '--password-store=basic',
] as const

/** The system's Chromium (or a browser built on it); `FORAGER_CHROMIUM` names another. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['FORAGER_CHROMIUM']) return env['FORAGER_CHROMIUM']
  const folders = (env['PATH'] ?? '').split(delimiter)
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, mac].find((path) => existsSync(path))
}

/** Opens the app's window. The process ends when its window is closed. */
export function openChromium(program: string, options: { address: string; profile: string }): ChildProcess {
  const asRoot = process.getuid?.() === 0
  const args = [
    `--app=${options.address}`,
    `--user-data-dir=${options.profile}`,
    '--window-size=1280,800',
    ...quietFlags,
    // Chromium refuses its own sandbox to root.
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
  return spawn(program, args, { stdio: 'ignore' })
}
