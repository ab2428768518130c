import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { launchBrowserRuntime } from './launch-browser-runtime.ts'
import type { RuntimeProcess } from './launch-browser-runtime.ts'
import { electronForTests, launchElectron } from './launch-electron.ts'

/**
 * One installed Forager: a user-data folder that outlives the process, and at most one process at a time. `page` is the
 * current window; after `relaunch` it is another one.
 */
export interface ForagerApp {
  readonly userData: string
  /** Electron where it is, else the browser runtime: specs are written once and run on either. */
  readonly runtime: 'electron' | 'browser'
  readonly page: Page
  readonly pid: number
  /** The address of this run, its token spent. */
  readonly url: string
  /** What every run so far has written. */
  output(): string
  /** What a user's quit does; answers the exit code. */
  stop(): Promise<number | null>
  /** As when the power goes: no handler runs. */
  kill9(): Promise<void>
  /** Stops it when it runs, and starts it again on the same data. */
  relaunch(): Promise<Page>
  /** Stops it and removes its data. */
  dispose(): Promise<void>
}

export type AppOptions = { env?: Record<string, string>; args?: string[] }
type Run = { process: RuntimeProcess; page: Page; close: () => Promise<void> }

/** Installs and starts one in a folder of its own. */
export async function openForager(browser: Browser, options: AppOptions = {}): Promise<ForagerApp> {
  const userData = mkdtempSync(join(tmpdir(), 'forager-e2e-'))
  let run: Run | undefined
  let earlier = ''

  const current = (): Run => {
    if (run === undefined) throw new Error('Forager is not running: relaunch it first')
    return run
  }
  const end = async (signal: NodeJS.Signals) => {
    const { process, close } = current()
    process.signal(signal)
    const code = await process.ended
    earlier += process.output()
    run = undefined
    await close()
    return code
  }
  const relaunch = async () => {
    if (run !== undefined) await end('SIGTERM')
    run = await start(browser, userData, options)
    return run.page
  }
  await relaunch()
  return {
    userData,
    runtime: electronForTests() === undefined ? 'browser' : 'electron',
    get page() {
      return current().page
    },
    get pid() {
      return current().process.pid
    },
    get url() {
      return current().process.url
    },
    output: () => earlier + (run?.process.output() ?? ''),
    stop: () => end('SIGTERM'),
    kill9: async () => void (await end('SIGKILL')),
    relaunch,
    dispose: async () => {
      if (run !== undefined) await end('SIGTERM')
      rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function start(browser: Browser, userData: string, options: AppOptions): Promise<Run> {
  const electron = electronForTests()
  if (electron !== undefined) {
    const run = await launchElectron(electron, { userData, ...options })
    return { ...run, close: async () => undefined }
  }
  const process = await launchBrowserRuntime({ userData, ...options })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(process.url)
  return { process, page, close: () => context.close() }
}
