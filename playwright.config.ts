import { defineConfig } from '@playwright/test'
import { findChromium, quietFlags } from './build/browser-runtime/open-chromium.ts'

const executablePath = findChromium()

/** The built app, end to end. One worker: each test owns a whole Forager, and two would compete for the machine. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // A folder of its own: it is emptied at each run, and the tour's pictures lie beside it.
  outputDir: 'test-results/e2e',
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'off',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      // Chromium refuses its own sandbox to root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...quietFlags],
    },
  },
})
