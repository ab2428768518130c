import type { Page } from '@playwright/test'
import { expect, harness, press, test } from './support/harness-fixture.ts'
import { outboxPage } from './support/pages/outbox-page.ts'

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-line]')?.getAttribute('data-line'))
const port = (page: Page) => page.locator('section.outbox .port')
const lines = (page: Page) => outboxPage(page).screen.locator('[data-line]')

test.describe('a thousand conflicts', () => {
  test('are scrolled through with a screenful of them in the page', async ({ open }) => {
    const page = await open('thousand')
    await press(page, 'g', 'o')
    await expect(lines(page).first()).toBeVisible()
    await expect(outboxPage(page).part('Needs you')).toContainText('1,000')
    expect(await lines(page).count()).toBeLessThan(40)
    const most = await page.evaluate(async () => {
      const list = document.querySelector('section.outbox .port')
      let mounted = 0
      for (let frame = 0; frame < 60; frame += 1) {
        list?.scrollBy(0, 400)
        await new Promise(requestAnimationFrame)
        mounted = Math.max(mounted, document.querySelectorAll('[data-line]').length)
      }
      return mounted
    })
    expect(most).toBeLessThan(40)
    await port(page).evaluate((list) => list.scrollTo(0, list.scrollHeight))
    await expect(outboxPage(page).line('(1000)')).toBeVisible()
    expect(await lines(page).count()).toBeLessThan(40)
  })

  test('keep what was begun on a card that scrolls away, and the keyboard where it was', async ({ open }) => {
    const page = await open('thousand')
    await press(page, 'g', 'o')
    const second = outboxPage(page).line('(2)').first()
    const title = second.getByRole('group', { name: 'Title', exact: true })
    await title.getByRole('radio', { name: 'Edit' }).check()
    await title.getByRole('textbox').fill('Both')
    await title.getByRole('radio', { name: 'Edit' }).focus()
    for (let times = 0; times < 12; times += 1) await page.keyboard.press('j')
    await expect.poll(() => focused(page)).toBe('op-14')
    await port(page).evaluate((list) => list.scrollTo(0, 60_000))
    await expect(second).toBeHidden()
    await page.keyboard.press('k')
    await expect.poll(() => focused(page)).toBe('op-13')
    await expect(outboxPage(page).line('(13)')).toBeInViewport()
    await port(page).evaluate((list) => list.scrollTo(0, 0))
    await expect(title.getByRole('textbox')).toHaveValue('Both')
    await expect(second.getByRole('status')).toHaveText('3 more to choose')
  })

  test('settled one by one, the next one has the keyboard', async ({ open }) => {
    const page = await open('thousand')
    await press(page, 'g', 'o')
    await expect.poll(() => focused(page)).toBe('op-1')
    for (let times = 0; times < 20; times += 1) await page.keyboard.press('j')
    await expect.poll(() => focused(page)).toBe('op-21')
    await outboxPage(page).line('(21)').getByRole('button', { name: 'Keep mine' }).click()
    await expect(outboxPage(page).line('(21)')).toHaveCount(0)
    await expect.poll(() => focused(page)).toBe('op-22')
  })
})

test('a line that was reached does not take the keyboard back from what has it next', async ({ open }) => {
  const page = await open('outbox')
  await press(page, 'g', 'o')
  await expect.poll(() => focused(page)).toBeTruthy()
  await page.evaluate(async () => {
    const key = (name: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
    const before = document.activeElement
    key('j')
    while (document.activeElement === before) await new Promise(requestAnimationFrame)
    document.querySelector<HTMLElement>('header button')?.focus()
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame)
  })
  await expect(page.locator('header button').first()).toBeFocused()
})

test('a new alert that was refused gets another reference by key', async ({ open }) => {
  const page = await open('outbox')
  await press(page, 'g', 'o')
  const refused = outboxPage(page).line('Create an alert')
  await harness(page, (one) =>
    one.outbox((before) =>
      before.map((line) =>
        line.id === 'op-7' ? { ...line, kind: 'alert.create', sentence: 'Create an alert' } : line,
      ),
    ),
  )
  await refused.focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Edit before it is sent' })
  await expect(dialog.getByLabel('Type')).toBeFocused()
  await expect(dialog.getByLabel('Source')).toHaveValue('phone')
  await expect(dialog.getByLabel('Reference')).toHaveAccessibleDescription('Unique for this type and source')
  await dialog.getByLabel('Reference').fill('ref-8')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const key = { type: 'manual', source: 'phone', sourceRef: 'ref-8' }
  const before = { kind: 'alert.create', key: { ...key, sourceRef: 'ref-7' } }
  expect(await harness(page, (one) => one.called('outbox.edit'))).toEqual([
    { id: 'op-7', edit: { kind: 'alert.create', key }, before },
  ])
})

test('what was sent is walked, chosen, looked at and put back by key', async ({ open }) => {
  const page = await open('outbox')
  await press(page, 'g', 'o')
  await page.getByRole('tab', { name: 'Sent', exact: true }).click()
  const sent = outboxPage(page).part('Sent').getByRole('listitem')
  await sent.first().waitFor()
  await sent.first().focus()
  await page.keyboard.press('j')
  await expect.poll(() => focused(page)).toBe('op-10')
  await page.keyboard.press('x')
  await expect(sent.nth(1).getByRole('checkbox')).toBeChecked()
  await page.keyboard.press(' ')
  await expect(sent.nth(1).getByRole('button', { name: 'Details' })).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('k')
  await page.keyboard.press('p')
  await page.getByRole('dialog').waitFor()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox').uncheck()
  await page.waitForTimeout(300)
  await expect(dialog.getByRole('checkbox')).not.toBeChecked()
  expect(await harness(page, (one) => one.called('outbox.reversal'))).toEqual([{ ids: ['op-9'] }])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(outboxPage(page).screen).toBeHidden()
  expect(await harness(page, (one) => one.called('triage.promote').length)).toBe(0)
})
