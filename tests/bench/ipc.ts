import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { findChromium, quietFlags } from '../../build/browser-runtime/open-chromium.ts'
import { launchBrowserRuntime } from '../e2e/support/launch-browser-runtime.ts'
import { benchFolder } from './bench-folder.ts'
import { rowOf } from './rows.ts'
import type { BenchRow } from './rows.ts'

const rounds = 6
const perRound = 400

/**
 * A call of the contract from the real page through the browser runtime to main and back (`app.info`: parsed, run,
 * checked), beside a bare WebSocket echo of the same size from the same browser. Rounds are interleaved; the first warms up.
 */
export async function run(): Promise<BenchRow[]> {
  const userData = benchFolder()
  const app = await launchBrowserRuntime({ userData })
  const echo = spawn(process.execPath, [join(import.meta.dirname, 'ipc-parts/echo-server.ts')])
  const browser = await launch()
  try {
    const page = await openPage(browser, app.url)
    const bare = await openPage(browser, `http://127.0.0.1:${await portOf(echo)}/`)
    const samples = { call: [] as number[], echo: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      const call = await callsFrom(page)
      const echoed = await echoesFrom(bare)
      if (round === 0) continue
      samples.call.push(...call)
      samples.echo.push(...echoed)
    }
    return [
      rowOf('IPC round trip (page → main → page)', 'ms', samples.call, samples.echo),
      rowOf('bare WebSocket echo', 'ms', samples.echo),
    ]
  } finally {
    await browser.close()
    echo.kill()
    app.signal('SIGTERM')
    await app.ended
    rmSync(userData, { recursive: true, force: true })
  }
}

function launch(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    args: [...quietFlags],
    chromiumSandbox: process.getuid?.() !== 0,
    ...(executablePath !== undefined && { executablePath }),
  })
}

/** A context each, isolated as the app's would be. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  return page
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    child.stdout?.once('data', (data: Buffer) => done(Number(data.toString())))
    child.once('exit', () => fail(new Error('The echo server did not start')))
  })
}

/** Milliseconds a call; `performance.now` in a page is exact to 0.1 ms, so calls are timed ten at a time, one after the other. */
function callsFrom(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    type Calls = { calls: Record<string, (input: object) => Promise<{ ok: boolean }>> }
    const ask = (window as unknown as { forager: Calls }).forager.calls['app.info']
    if (ask === undefined) throw new Error('The page has no app.info')
    const times: number[] = []
    for (let batch = 0; batch < count / 10; batch++) {
      const start = performance.now()
      for (let call = 0; call < 10; call++) if (!(await ask({})).ok) throw new Error('app.info failed')
      times.push((performance.now() - start) / 10)
    }
    return times
  }, perRound)
}

function echoesFrom(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const socket = new WebSocket(`ws://${location.host}/`)
    await new Promise((done) => socket.addEventListener('open', done))
    const frame = JSON.stringify({ id: 1, channel: 'echo', args: [{ v: 1, name: 'app.info', input: {} }] })
    const once = () =>
      new Promise((done) => {
        socket.addEventListener('message', done, { once: true })
        socket.send(frame)
      })
    const times: number[] = []
    for (let batch = 0; batch < count / 10; batch++) {
      const start = performance.now()
      for (let trip = 0; trip < 10; trip++) await once()
      times.push((performance.now() - start) / 10)
    }
    socket.close()
    return times
  }, perRound)
}
