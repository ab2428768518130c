import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { HarnessState } from '../../support/renderer-harness/fake-state.ts'
import type { Harness } from '../../support/renderer-harness/fake-forager.ts'
import { serveHarness } from '../../support/renderer-harness/serve.ts'
import { alertPage } from './pages/alert-page.ts'
import { queuePage } from './pages/queue-page.ts'

type Open = (state: HarnessState, theme?: 'light' | 'dark') => Promise<Page>

/** The real screens over a made-up other side, with the app's own security headers. */
export const test = base.extend<{ open: Open }, { harnessUrl: string }>({
  harnessUrl: [
    async ({ browserName: _browser }, use) => {
      const { url, close } = await serveHarness()
      await use(url)
      await close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  open: async ({ page, harnessUrl }, use) => {
    await use(async (state, theme = 'light') => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.goto(`${harnessUrl}?state=${state}`)
      return page
    })
  },
})
export { expect } from '@playwright/test'

/** Pulls a handle of the made-up other side, inside the page. */
export const harness = <T>(page: Page, pull: (harness: Harness) => T) =>
  page.evaluate(`(${pull.toString()})(window.harness)`) as Promise<T>

/** What a call was last asked. */
export const lastCall = async <T>(page: Page, name: string): Promise<T | undefined> =>
  (await page.evaluate(`window.harness.called(${JSON.stringify(name)}).at(-1)`)) as T | undefined

/** Opens the first alert of the queue beside it. */
export async function openFirst(page: Page) {
  await queuePage(page).rows.first().click()
  const alert = alertPage(page)
  await alert.title.waitFor()
  return alert
}

/** Presses keys one after the other once the queue is there. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  await queuePage(page).rows.first().waitFor()
  for (const key of keys) await page.keyboard.press(key)
}
