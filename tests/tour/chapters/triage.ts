import { expect } from '@playwright/test'
import type { Desk } from '#tests/e2e/support/desk.ts'
import type { Tour } from '../tour.ts'

/** Decisions by key, while the server is there. */
export async function triage(tour: Tour, desk: Desk): Promise<void> {
  const { page } = desk
  const tab = (name: string) => desk.detail.getByRole('tab', { name }).click()
  await tour.step('Enter opens the alert beside the queue', async () => {
    await desk.openAlert(0)
    await tour.pictures(page, 'alert')
    await tab('Observables')
    await tour.picture(page, 'observables')
    await tab('Fields')
    await tour.picture(page, 'fields')
  })
  await tour.step('S starts it, A takes it', async () => {
    await page.keyboard.press('s')
    const start = desk.dialog(/^Start/)
    if (await appears(start)) await start.getByRole('option').first().click()
    await page.keyboard.press('a')
    await expect(desk.detail.getByText(/assigned to ana/)).toBeVisible()
    await tour.picture(page, 'started')
  })
  await tour.step('V sets the severity, L the tags', async () => {
    await desk.openAlert(2)
    await page.keyboard.press('v')
    await tour.picture(page, 'severity')
    await page.keyboard.press('4')
    await expect(desk.dialog(/^Severity/)).toBeHidden()
    await page.keyboard.press('l')
    await page.keyboard.type('seen-before')
    await page.keyboard.press('Enter')
    await tour.picture(page, 'tags')
    await desk.dialog(/^Tags/).getByRole('button', { name: 'Save tags' }).click()
    await expect(desk.dialog(/^Tags/)).toBeHidden()
  })
  await tour.step('C closes it, with a number for the status', async () => {
    await page.keyboard.press('c')
    await expect(desk.dialog(/^Close/)).toBeVisible()
    await tour.picture(page, 'close')
    await page.keyboard.press('1')
    await expect(desk.dialog(/^Close/)).toBeHidden()
    await tour.picture(page, 'closed')
  })
  await tour.step('Z takes it back', async () => {
    await page.keyboard.press('z')
    await expect(page.getByText(/^Undone/)).toBeVisible()
    await tour.picture(page, 'undone')
  })
  await tour.step('X selects, and one key decides for all of them', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('x')
    for (let row = 0; row < 3; row += 1) await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await tour.picture(page, 'selected')
    await page.keyboard.press('Escape')
  })
  await tour.step('Every command has a name, and the palette finds it', async () => {
    await page.keyboard.press('Control+k')
    await expect(desk.dialog('Commands')).toBeVisible()
    await tour.pictures(page, 'palette')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(desk.dialog('Keys')).toBeVisible()
    await tour.picture(page, 'keys')
    await page.keyboard.press('Escape')
  })
}

/** A server with one status to start with needs no question. */
async function appears(dialog: ReturnType<Desk['dialog']>): Promise<boolean> {
  const toast = dialog.page().getByText(/^Started 1 alert/)
  await expect(dialog.or(toast).first()).toBeVisible()
  return dialog.isVisible()
}
