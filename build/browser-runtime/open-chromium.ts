import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

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

export interface BrowserWindowProcess {
  /** Settles when its window has been closed, or it could not be opened. */
  readonly ended: Promise<void>
  /** Closes it, and waits until it has let go of its folder. */
  close(): Promise<void>
}

/**
 * Opens the app's window. `folder` is emptied and holds the browser's profile. The address goes by a private file: a
 * command line can be read by everybody on the machine.
 */
export function openChromium(
  program: string,
  { address, folder }: { address: string; folder: string },
): BrowserWindowProcess {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const opener = join(folder, 'open.html')
  writeFileSync(opener, `<!doctype html><meta http-equiv="refresh" content="0; url=${address}">`, {
    mode: 0o600,
  })
  const asRoot = process.getuid?.() === 0
  const args = [
    `--app=${pathToFileURL(opener).href}`,
    `--user-data-dir=${join(folder, 'profile')}`,
    '--window-size=1280,800',
    ...quietFlags,
    // Chromium refuses its own sandbox to root.
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
  const child = spawn(program, args, { stdio: 'ignore' })
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', (error) => {
      process.stderr.write(`${program} could not be started: ${error.message}\n`)
      done()
    })
  })
  return {
    ended,
    close: async () => {
      child.kill()
      const patience = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await ended
      clearTimeout(patience)
    },
  }
}
