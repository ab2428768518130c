import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { WebSocket } from 'ws'

const projectRoot = resolve(import.meta.dirname, '../../..')

export type FixtureProcess = {
  pid: number
  /** Everything written so far. */
  output: () => string
  /** Waits until the output holds this text. */
  said: (text: string) => Promise<void>
  signal: (signal: NodeJS.Signals) => void
  ended: Promise<{ code: number | null }>
}

/** Runs the fixture app in the browser runtime: headless, unless an environment with a display is given. */
export function runFixture(
  userData: string,
  args: string[] = [],
  env?: Record<string, string>,
): FixtureProcess {
  const main = resolve(projectRoot, 'build/browser-runtime/main.ts')
  const app = resolve(import.meta.dirname, 'fixture-app')
  const options = ['--app', app, '--print-address', '--user-data', userData, ...args]
  if (env === undefined) options.push('--headless')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...options], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const ended = new Promise<{ code: number | null }>((done) => child.once('close', (code) => done({ code })))
  return {
    pid: child.pid ?? 0,
    output: () => output,
    said: (text) => saidBy(text, () => output),
    signal: (signal) => void child.kill(signal),
    ended,
  }
}

async function saidBy(text: string, output: () => string): Promise<void> {
  await until(
    () => (output().includes(text) ? text : undefined),
    () => `Never said “${text}”:\n${output()}`,
  )
}

/** Asks again and again until there is an answer; throws after 15 s. */
export async function until<T>(ask: () => T | undefined, complaint = () => 'Never happened'): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const answer = ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(complaint())
    await new Promise((done) => setTimeout(done, 10))
  }
}

export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The one-time address a runtime has printed. */
export async function addressOf(app: FixtureProcess): Promise<URL> {
  await app.said('FORAGER_READY ')
  const line = /^FORAGER_READY (.*)$/m.exec(app.output())?.[1] ?? '{}'
  return new URL((JSON.parse(line) as { url: string }).url)
}

/** Spends the token, as a browser would; answers the headers of a page that has visited. */
export async function visit(address: URL): Promise<Record<string, string>> {
  const answer = await fetch(address, { redirect: 'manual' })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`Not let in: ${answer.status}`)
  return { cookie, origin: address.origin }
}

export type Page = {
  ask: (name: string, argument?: unknown) => Promise<unknown>
  next: () => Promise<unknown>
  send: (frame: unknown) => void
  close: () => void
}

/** What the injected shim does: one socket, frames numbered. */
export async function connectPage(address: URL, headers: Record<string, string>): Promise<Page> {
  const socket = new WebSocket(`ws://${address.host}/__runtime/socket`, { headers })
  const news: ((frame: unknown) => void)[] = []
  const waiting = new Map<number, (frame: { value?: unknown; error?: string }) => void>()
  let id = 0
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as { id?: number; value?: unknown; error?: string }
    if (frame.id === undefined) news.shift()?.(frame)
    else waiting.get(frame.id)?.(frame)
  })
  await new Promise((done, fail) => {
    socket.once('open', done)
    socket.once('error', fail)
  })
  const send = (frame: unknown) => socket.send(JSON.stringify(frame))
  return {
    send,
    ask: (name, argument) =>
      new Promise((done, fail) => {
        waiting.set(++id, ({ value, error }) => (error === undefined ? done(value) : fail(new Error(error))))
        send({ id, channel: 'ask', args: [{ name, argument }] })
      }),
    next: () => new Promise((done) => news.push(done)),
    close: () => socket.terminate(),
  }
}
