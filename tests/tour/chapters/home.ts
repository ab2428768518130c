import { expect } from '@playwright/test'
import type { Desk } from '#tests/e2e/support/desk.ts'
import type { TourServer } from '../server.ts'
import type { Tour } from '../tour.ts'

/** The server is back: what was decided reaches it, once. `decided` is an alert that a colleague decides on as well. */
export async function home(tour: Tour, desk: Desk, server: TourServer, decided: string): Promise<void> {
  const { page } = desk
  const sendNow = page.getByRole('button', { name: 'Send all now' })
  await tour.step('The server is back; a colleague changed the same alert meanwhile', async () => {
    await server.goOnline()
    await server.colleagueChanges(decided, { severity: 3 })
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(desk.status).toContainText('Online', { timeout: 30_000 })
    await sendNow.click()
    await expect(page.getByRole('button', { name: 'Keep mine' })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('region', { name: 'Waiting to be sent' })).toBeHidden({ timeout: 30_000 })
    await tour.pictures(page, 'conflict')
  })
  await tour.step('Choose, and the outbox empties', async () => {
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await expect(desk.status).toContainText('nothing waits', { timeout: 60_000 })
    await tour.pictures(page, 'sent')
  })
  await tour.step('New alerts wait at the edge until asked for', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await server.colleagueCreates({
      ...{ type: 'phone', source: 'service-desk', sourceRef: 'SD-20417', severity: 3, tlp: 2, pap: 2 },
      ...{ title: 'Caller asked for a password reset on behalf of finance', description: 'Called back: no.' },
      tags: ['vishing'],
    })
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(page.getByRole('button', { name: /new — press/ })).toBeVisible({ timeout: 30_000 })
    await tour.picture(page, 'new-alerts')
    await page.keyboard.press('.')
  })
  await tour.step('The filter says when nothing fits', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('severity>=high source:nowhere "overdue"')
    await page.keyboard.press('Enter')
    await expect(page.getByText('No alert matches')).toBeVisible()
    await tour.picture(page, 'empty-search')
    await page.getByRole('button', { name: 'Clear the filter' }).click()
  })
  await tour.step('Cases, with those promoted here', async () => {
    await page.getByRole('button', { name: 'Cases' }).click()
    await expect(page.getByRole('option', { name: /Seen on the train/ })).toBeVisible()
    await tour.picture(page, 'cases')
  })
}
