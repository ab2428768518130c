import { expect } from '@playwright/test'
import type { Desk } from '#tests/e2e/support/desk.ts'
import type { TourServer } from '../server.ts'
import type { Tour } from '../tour.ts'

/** From the first start to a queue that fits in a bag. */
export async function arrive(tour: Tour, desk: Desk, server: TourServer): Promise<void> {
  const { page } = desk
  await tour.step('The first start: connect, work locally, or explore', async () => {
    const secrets = page.getByRole('region', { name: 'Where secrets are kept' })
    const choice = page.getByRole('button', { name: 'Connect to TheHive' })
    await expect(secrets.or(choice)).toBeVisible()
    if (await secrets.isVisible()) await choosePassphrase(desk)
    await tour.pictures(page, 'welcome')
  })
  await tour.step('A wrong key is told in words', async () => {
    await page.getByRole('button', { name: 'Connect to TheHive' }).click()
    await page.getByLabel('Server address').fill(server.url)
    await page.getByLabel('API key').fill('not-the-key')
    await page.getByRole('button', { name: 'Test connection' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await tour.picture(page, 'wrong-key')
  })
  await tour.step(`Test the connection to ${server.url}`, async () => {
    await page.getByLabel('API key').fill(server.analystKey)
    await page.getByRole('button', { name: 'Test connection' }).click()
    await expect(page.getByText(/at acme, TheHive/)).toBeVisible()
    await tour.picture(page, 'connection-tested')
  })
  await tour.step('Connect, and copy the queue', async () => {
    await server.latency(250)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(desk.nth(0)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('region', { name: 'First copy of the queue' })).toBeVisible()
    await tour.picture(page, 'first-copy')
    await server.latency(0)
    await expect(page.getByRole('region', { name: 'First copy of the queue' })).toBeHidden({
      timeout: 60_000,
    })
  })
  await tour.step('The queue: 5,000 alerts on this machine', async () => {
    await page.getByRole('button', { name: 'Inbox', exact: true }).click()
    await expect(desk.queue.getByRole('option').first()).toHaveAttribute('aria-setsize', /^[34]\d{3}$/)
    await tour.pictures(page, 'queue')
  })
}

/** Where there is no keychain, secrets go under a passphrase. */
async function choosePassphrase({ page }: Desk): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill('seven bees in a row')
  await page.getByLabel('Passphrase again').fill('seven bees in a row')
  await page.getByRole('button', { name: 'Use this passphrase' }).click()
  await expect(page.getByRole('button', { name: 'Connect to TheHive' })).toBeVisible()
}
