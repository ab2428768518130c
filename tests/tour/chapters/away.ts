import { expect } from '@playwright/test'
import type { Desk } from '#tests/e2e/support/desk.ts'
import type { TourServer } from '../server.ts'
import type { Tour } from '../tour.ts'

const files = [
  { name: 'invoice-2291.eml', text: 'From: billing@bad.example\nSubject: Overdue\n' },
  { name: 'caller.txt', text: 'Two calls from the same number before the message arrived.\n' },
]
const values = ['192.0.2.200', 'hxxps://portal-login[.]example/pay', 'caller@bad.example']

/** A day without the server. Answers the reference of the alert whose severity was decided. */
export async function away(tour: Tour, desk: Desk, server: TourServer): Promise<string> {
  const { page } = desk
  const decided = await tour.step('The server goes away; the queue stays', async () => {
    const place = await desk.nth(3).getByTitle(' · ').first().getAttribute('title')
    await server.goOffline()
    await desk.openAlert(3)
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(desk.status).toContainText('Offline')
    await tour.pictures(page, 'offline')
    await page.keyboard.press('v')
    await page.keyboard.press('4')
    await expect(desk.dialog(/^Severity/)).toBeHidden()
    return place?.split(' · ')[2] ?? ''
  })
  await tour.step('Promote an alert, with a template', async () => {
    await desk.openAlert(4)
    await page.keyboard.press('p')
    const box = desk.dialog('Promote to case')
    await box.getByLabel('Case template').selectOption({ index: 1 })
    await box.getByLabel('Title').fill('Seen on the train')
    await tour.pictures(page, 'promote')
    await box.getByRole('button', { name: 'Promote', exact: true }).click()
    await expect(box).toBeHidden()
  })
  await tour.step('Merge another into that case, which no server has yet', async () => {
    await desk.openAlert(5)
    await page.keyboard.press('m')
    const box = desk.dialog('Merge into case')
    await box.getByLabel('Find a case by number or words').fill('train')
    await expect(box.getByRole('option', { name: /Seen on the train/ })).toBeVisible()
    await tour.picture(page, 'merge')
    await box.getByRole('option', { name: /Seen on the train/ }).click()
    await expect(box).toBeHidden()
  })
  await evidence(tour, desk)
  await tour.step('Everything waits in the outbox', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await expect(page.getByRole('region', { name: 'Waiting to be sent' })).toBeVisible()
    await tour.pictures(page, 'outbox')
  })
  return decided
}

async function evidence(tour: Tour, desk: Desk): Promise<void> {
  const { page } = desk
  await tour.step('Drop two files on an alert', async () => {
    await desk.openAlert(6)
    await desk.detail.dispatchEvent('dragover', { dataTransfer: await carry(desk) })
    await tour.picture(page, 'drop')
    await desk.detail.dispatchEvent('drop', { dataTransfer: await carry(desk) })
    await tour.picture(page, 'files')
    await desk.dialog(/^Add/).getByRole('button', { name: /^Add/ }).click()
    await expect(desk.dialog('Files added')).toBeVisible()
    await tour.picture(page, 'files-added')
    await desk.dialog('Files added').getByRole('button', { name: 'Done' }).click()
  })
  await tour.step('Paste values, one a line', async () => {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )
    }, values.join('\n'))
    const box = desk.dialog('Add values')
    await expect(box.getByRole('checkbox', { name: /^Add / })).toHaveCount(values.length)
    await tour.picture(page, 'values')
    await box.getByRole('button', { name: /^Add/ }).click()
    await expect(box).toBeHidden()
    await desk.detail.getByRole('tab', { name: 'Observables' }).click()
    await tour.picture(page, 'evidence')
  })
  await tour.step('Write a note', async () => {
    await desk.note('Two calls before the message, from the same number as last week.')
    await tour.picture(page, 'note')
    await desk.detail.getByRole('tab', { name: 'Activity' }).click()
    await tour.picture(page, 'activity')
  })
}

function carry({ page }: Desk) {
  return page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, text } of given) transfer.items.add(new File([text], name))
    return transfer
  }, files)
}
