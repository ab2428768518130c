import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { openForager } from './forager-app.ts'
import type { AppOptions, ForagerApp } from './forager-app.ts'

export type Fixtures = {
  /** A started Forager with data of its own, gone after the test. */
  app: ForagerApp
  /** Its first window. After a relaunch ask `app.page`. */
  page: Page
  /** Environment and arguments of the app; set with `test.use`. */
  appOptions: AppOptions
}

export const test = base.extend<Fixtures>({
  appOptions: [{}, { option: true }],
  app: async ({ browser, appOptions }, use, info) => {
    const app = await openForager(browser, appOptions)
    await use(app)
    if (info.status !== info.expectedStatus)
      await info.attach('forager-output', { body: app.output(), contentType: 'text/plain' })
    await app.dispose()
  },
  page: async ({ app }, use) => use(app.page),
})

export { expect } from '@playwright/test'
