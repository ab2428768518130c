import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { HarnessState } from '../support/renderer-harness/fake-state.ts'
import { expect, lastCall, press, test } from './support/harness-fixture.ts'
import { picturesOf } from './support/pictures.ts'

type Open = (state: HarnessState, theme?: 'light' | 'dark') => Promise<Page>

async function openOutbox(open: Open, theme?: 'dark') {
  const page = await open('gone', theme)
  await press(page, 'g', 'o')
  const cards = page.getByRole('group', { name: 'Gone' })
  await cards.first().waitFor()
  return { page, cards }
}

test('a decision about what is gone says what and who, and what was decided', async ({ open }, info) => {
  const { page, cards } = await openOutbox(open)
  await expect(cards.nth(0)).toContainText('bo.larsen deleted this alert 10 min ago.')
  await expect(cards.nth(0)).toContainText('Your decision was not sent')
  await expect(cards.nth(0)).toContainText('severity')
  await expect(cards.nth(1)).toContainText('it was deleted, or hidden from you. It does not tell by whom.')
  await expect(cards.nth(2)).toContainText(
    'This observable was deleted on the server, which does not tell by whom.',
  )
  await expect(cards.nth(3)).toContainText('bo.larsen deleted this case 3 h ago.')
  await picturesOf(info)(page, 'cards')
})

test('it is dropped after a question, or kept as a comment where the alert is there', async ({ open }) => {
  const { page, cards } = await openOutbox(open)
  await expect(cards.nth(0).getByRole('button', { name: 'Keep it as a comment' })).toHaveCount(0)
  await cards.nth(2).getByRole('button', { name: 'Keep it as a comment' }).click()
  expect(await lastCall(page, 'outbox.keepAsComment')).toEqual({ id: 'op-3' })
  await expect(cards).toHaveCount(3)
  await cards.nth(0).getByRole('button', { name: 'Drop it…' }).click()
  await page
    .getByRole('group', { name: 'Drop this decision?' })
    .getByRole('button', { name: 'Drop it' })
    .click()
  expect(await lastCall(page, 'outbox.drop')).toEqual({ id: 'op-1', together: [] })
  await expect(cards).toHaveCount(2)
})

for (const theme of ['light', 'dark'] as const)
  test(`its cards have no accessibility violations, ${theme}`, async ({ open }) => {
    const { page } = await openOutbox(open, theme === 'dark' ? theme : undefined)
    const { violations } = await new AxeBuilder({ page }).include('section.outbox').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
