import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const startMs = 30_000

export type RuntimeProcess = {
  /** With the one-time token: good for one visit. */
  url: string
  pid: number
  /** Everything it has written to stdout and stderr. */
  output: () => string
  signal: (signal: NodeJS.Signals) => void
  /** The exit code; null when a signal ended it. */
  ended: Promise<number | null>
}

export type RuntimeLaunch = { userData: string; env?: Record<string, string>; args?: string[] }

/** Starts the built app in the browser runtime, headless, and waits until it says that it is ready. */
export async function launchBrowserRuntime({
  userData,
  env,
  args = [],
}: RuntimeLaunch): Promise<RuntimeProcess> {
  const main = join(root, 'build/browser-runtime/main.ts')
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      main,
      '--headless',
      '--print-address',
      '--user-data',
      userData,
      ...args,
    ],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const ready = await readyLine(
    child,
    (data) => (output += data),
    () => output,
  )
  return { ...ready, output: () => output, signal: (signal) => void child.kill(signal), ended }
}

function readyLine(
  child: ChildProcess,
  append: (data: string) => void,
  output: () => string,
): Promise<{ url: string; pid: number }> {
  return new Promise((done, fail) => {
    const giveUp = (why: string) => fail(new Error(`Forager did not start: ${why}\n${output()}`))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      giveUp(`no ready line within ${startMs} ms`)
    }, startMs)
    const hear = (data: Buffer) => {
      append(data.toString())
      const line = /^FORAGER_READY (.*)$/m.exec(output())?.[1]
      if (line === undefined) return
      clearTimeout(timer)
      done(JSON.parse(line) as { url: string; pid: number })
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('close', (code) => {
      clearTimeout(timer)
      giveUp(`it ended with code ${code}`)
    })
  })
}
