import { expect } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { openForager } from '#tests/e2e/support/forager-app.ts'
import type { Tour } from '../tour.ts'

/** What a machine without a keychain is told. The tour's last chapter: this process forgets its session bus. */
export async function withoutKeychain(tour: Tour, browser: Browser): Promise<void> {
  if (process.platform !== 'linux') return
  delete process.env['DBUS_SESSION_BUS_ADDRESS']
  delete process.env['XDG_RUNTIME_DIR']
  const app = await openForager(browser)
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
