import type { Page } from '@playwright/test'
import { expect, press, test } from './support/harness-fixture.ts'
import { outboxPage } from './support/pages/outbox-page.ts'
import { picturesOf } from './support/pictures.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'

const line = (page: Page, is: Partial<SyncStatus>) =>
  page.evaluate(`window.harness.line(${JSON.stringify(is)})`)

test('what waits says for what: its turn, the connection, or the end of working offline', async ({
  open,
}, info) => {
  const page = await open('outbox')
  const { line: lineOf } = outboxPage(page)
  await press(page, 'g', 'o')
  const held = lineOf('Set severity to High')
  const ready = lineOf('Close as FalsePositive').first()
  const tried = lineOf('Close as FalsePositive').nth(1)
  await expect(held).toContainText('can be undone; it is next to be sent')

  await line(page, { connection: 'offline' })
  await expect(held).toContainText('can be undone; waits for the connection')
  await expect(ready).toContainText('waits for the connection')
  await expect(tried).toContainText('tried 3 times, waits for the connection')
  await expect(page.getByRole('region', { name: 'Outbox' })).not.toContainText('its turn comes')
  await picturesOf(info)(page, 'offline')

  await line(page, { connection: 'working-offline' })
  await expect(held).toContainText('can be undone; waits until Forager works online again')

  await line(page, {})
  await expect(tried).toContainText(/next try in \d+ s/)
})

test('a list that begins below the edge is there before it is scrolled to', async ({ open }) => {
  const page = await open('outbox')
  await page.setViewportSize({ width: 1280, height: 800 })
  await press(page, 'g', 'o')
  const waiting = outboxPage(page).part('Waiting to be sent')
  await expect(waiting.getByRole('listitem')).toHaveCount(5)
  await expect(waiting.getByRole('listitem').first()).not.toBeInViewport()
})
