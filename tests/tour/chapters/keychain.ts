import { expect } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { openForager } from '#tests/e2e/support/forager-app.ts'
import type { Tour } from '../tour.ts'

/** What a machine without a keychain is told. Nowhere is a session bus that nobody listens on. */
export async function withoutKeychain(tour: Tour, browser: Browser): Promise<void> {
  if (process.platform !== 'linux') return
  const nowhere = 'unix:path=/nonexistent/bus'
  const app = await openForager(browser, { env: { DBUS_SESSION_BUS_ADDRESS: nowhere } })
  try {
    await tour.step('Without a keychain: how to get one, or a passphrase', async () => {
      const secrets = app.page.getByRole('region', { name: 'Where secrets are kept' })
      await expect(secrets).toBeVisible({ timeout: 30_000 })
      await tour.pictures(app.page, 'no-keychain')
    })
  } finally {
    await app.dispose()
  }
}
