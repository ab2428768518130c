/**
 * Walks the main job in the built app against a stand-in TheHive, a line a step, and leaves pictures in test-results/tour.
 * `--readme` also copies those that the documentation shows.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium, quietFlags } from '../../build/browser-runtime/open-chromium.ts'
import { deskOf } from '#tests/e2e/support/desk.ts'
import { openForager } from '#tests/e2e/support/forager-app.ts'
import { alone } from './chapters/alone.ts'
import { arrive } from './chapters/arrive.ts'
import { away } from './chapters/away.ts'
import { home } from './chapters/home.ts'
import { withoutKeychain } from './chapters/keychain.ts'
import { triage } from './chapters/triage.ts'
import { shrinkPng } from './shrink-png.ts'
import { startServer } from './server.ts'
import { startTour } from './tour.ts'

const root = resolve(import.meta.dirname, '../..')
const pictures = join(root, 'test-results/tour')
const images = join(root, 'docs/images')
const documented = ['queue', 'alert', 'offline', 'conflict', 'values', 'no-keychain']

function launchBrowser() {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    // Chromium refuses its own sandbox to root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quietFlags],
  })
}

const tour = startTour(pictures, (line) => console.log(line))
const server = await startServer(5_000)
const browser = await launchBrowser()
const app = await openForager(browser)
try {
  const desk = deskOf(app.page)
  await arrive(tour, desk, server)
  await triage(tour, desk)
  const decided = await away(tour, desk, server)
  await home(tour, desk, server, decided)
  await alone(tour, desk)
  await withoutKeychain(tour, browser)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  const last = join(pictures, 'failed.png')
  await app.page.screenshot({ path: last })
  console.error(`The screen at that moment: ${relative(root, last)}`)
  console.error(app.output().replaceAll(/^FORAGER_READY.*$/gm, ''))
  process.exitCode = 1
} finally {
  await app.dispose()
  await browser.close()
  await server.stop()
}
if (process.argv.includes('--readme') && process.exitCode === undefined) {
  mkdirSync(images, { recursive: true })
  for (const name of documented)
    writeFileSync(join(images, `${name}.png`), shrinkPng(readFileSync(tour.fileOf(name))))
}
if (process.exitCode === undefined) console.log(`tour: ${tour.steps} steps, ${tour.taken} pictures`)
