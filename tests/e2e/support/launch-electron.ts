import { resolve } from 'node:path'
import { _electron } from '@playwright/test'
import type { Page } from '@playwright/test'
import { findElectron } from '../../../build/scripts/lib/electron-binary.mjs'
import type { RuntimeLaunch, RuntimeProcess } from './launch-browser-runtime.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Electron's program, where it is here and there is a display to use it on; FORAGER_E2E_RUNTIME=browser says no. */
export function electronForTests(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const display = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  return display && env['FORAGER_E2E_RUNTIME'] !== 'browser' ? findElectron() : undefined
}

/** Starts the built app in Electron and answers its one window. */
export async function launchElectron(
  executablePath: string,
  { userData, env, args = [] }: RuntimeLaunch,
): Promise<{ process: RuntimeProcess; page: Page }> {
  const asRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    executablePath,
    args: [root, `--user-data-dir=${userData}`, ...(asRoot ? ['--no-sandbox'] : []), ...args],
    env: { ...stringsOf(process.env), ...env },
  })
  const child = app.process()
  let output = ''
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()))
  const page = await app.firstWindow()
  return {
    page,
    process: {
      url: page.url(),
      pid: child.pid ?? 0,
      output: () => output,
      signal: (signal) => void child.kill(signal),
      ended: new Promise((done) => child.once('close', (code) => done(code))),
    },
  }
}

function stringsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
