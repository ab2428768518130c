import { expect } from '@playwright/test'
import type { Desk } from '#tests/e2e/support/desk.ts'
import type { Tour } from '../tour.ts'

/** Without any server. */
export async function alone(tour: Tour, desk: Desk): Promise<void> {
  const { page } = desk
  await tour.step('Close the workspace; it is remembered', async () => {
    await command(desk, 'Close this workspace')
    await expect(page.getByRole('region', { name: 'Opened before' })).toBeVisible()
    await tour.picture(page, 'opened-before')
  })
  await tour.step('Open a local workspace and create an alert by hand', async () => {
    await page.getByRole('button', { name: 'Open a local workspace' }).click()
    await page.getByRole('button', { name: 'Open workspace' }).click()
    await expect(page.getByText('No alerts yet')).toBeVisible()
    await tour.picture(page, 'local-empty')
    await page.keyboard.press('+')
    const box = desk.dialog('Create an alert')
    await box.getByLabel('Type').fill('phone')
    await box.getByLabel('Source', { exact: true }).fill('front-desk')
    await box.getByLabel('Reference').fill('2026-001')
    await box.getByLabel('Title').fill('Visitor left a USB stick in the lobby')
    await box.getByLabel('Description').fill('Found at **08:40** beside the turnstiles. Not plugged in.')
    await tour.picture(page, 'create')
    await box.getByRole('button', { name: 'Create alert' }).click()
    await expect(desk.detail.getByRole('heading', { name: /USB stick/ })).toBeVisible()
    await tour.picture(page, 'local-alert')
  })
  await tour.step('The same name opens the same workspace again', async () => {
    await command(desk, 'Close this workspace')
    await page.getByRole('button', { name: 'Open a local workspace' }).click()
    await page.getByRole('button', { name: 'Open workspace' }).click()
    await expect(desk.queue.getByRole('option', { name: /USB stick/ })).toBeVisible()
  })
  await tour.step('Explore with sample data', async () => {
    await command(desk, 'Close this workspace')
    await page.getByRole('button', { name: 'Explore with sample data' }).click()
    await expect(desk.nth(0)).toBeVisible()
    await tour.pictures(page, 'sample')
  })
}

async function command({ page, dialog }: Desk, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await dialog('Commands').getByRole('option', { name }).click()
}
