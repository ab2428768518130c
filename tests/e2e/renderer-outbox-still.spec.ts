import type { Locator, Page } from '@playwright/test'
import { expect, harness, press, test } from './support/harness-fixture.ts'
import { outboxPage } from './support/pages/outbox-page.ts'
import { picturesOf } from './support/pictures.ts'

const goes = (page: Page, id: string) =>
  page.evaluate(`window.harness.outbox((all) => all.filter((one) => one.id !== '${id}'))`)
const becomes = (page: Page, id: string, change: object) =>
  page.evaluate(
    `window.harness.outbox((all) => all.map((one) => one.id === '${id}' ? { ...one, ...${JSON.stringify(change)} } : one))`,
  )
const top = async (one: Locator) => Math.round((await one.boundingBox())?.y ?? NaN)
const called = (page: Page, name: string) =>
  page.evaluate(`window.harness.called(${JSON.stringify(name)})`) as Promise<unknown[]>
/** Until what happened has reached the screen, if it is to reach it. */
const told = async (page: Page, words: string) => expect(page.getByText(words)).toBeVisible()

const waitingTab = (page: Page) => page.getByRole('tab', { name: /^To be sent/ })

test('under a pointer nothing moves: what was sent above leaves its place empty until the pointer goes', async ({
  open,
}) => {
  const page = await open('outbox')
  await page.setViewportSize({ width: 1280, height: 1000 })
  await press(page, 'g', 'o')
  const { line } = outboxPage(page)
  const hold = line('Close as FalsePositive').first().getByRole('button', { name: 'Hold' })
  await hold.hover()
  const before = await top(hold)
  await page.mouse.down()
  await goes(page, 'op-6')
  await goes(page, 'op-1')
  await becomes(page, 'op-3', {
    state: 'rejected',
    lastError: { kind: 'forbidden', message: 'Not allowed.' },
  })
  await told(page, 'Set severity to Critical · no longer waits')
  await expect(line('Set severity to Critical')).toHaveCount(0)
  await told(page, 'Promote to a case with template Phishing · needs you')
  expect(await top(hold)).toBe(before)
  await page.mouse.up()
  await expect.poll(() => called(page, 'outbox.hold')).toEqual([{ ids: ['op-2'] }])

  await waitingTab(page).hover()
  await expect(page.getByText('no longer waits')).toHaveCount(0)
  await expect(outboxPage(page).part('Needs you').getByRole('listitem')).toHaveCount(3)
  expect(await top(hold)).not.toBe(before)
})

test('what left out of sight keeps its place at its height as well', async ({ open }) => {
  const page = await open('thousand')
  await press(page, 'g', 'o')
  const { line, part } = outboxPage(page)
  const height = async (one: Locator) => (await one.boundingBox())?.height
  const before = await height(line('(1)').locator('xpath=..'))
  // The line that has the keyboard would stay in the page.
  await page.keyboard.press('j')
  await expect(page.locator('[data-line="op-2"]')).toBeFocused()
  await line('(2)').getByRole('button', { name: 'Keep mine' }).hover()
  await page.mouse.down()
  const list = page.locator('section.outbox .port')
  await list.evaluate((one) => one.scrollTo(0, 5_000))
  await expect(line('(1)')).toHaveCount(0)
  await goes(page, 'op-1')
  await expect(part('Needs you')).toContainText('Needs you 999')
  await list.evaluate((one) => one.scrollTo(0, 0))
  const place = page.getByText('no longer waits')
  await expect(place).toBeVisible()
  expect(await height(place)).toBe(before)
  await page.mouse.up()
  await waitingTab(page).hover()
  await expect(place).toHaveCount(0)
  await expect(line('(2)')).toBeVisible()
})

test('a pointer at rest lets the list close up', async ({ open }, info) => {
  const page = await open('outbox')
  await press(page, 'g', 'o')
  const { line } = outboxPage(page)
  await line('Add a note').hover()
  await page.mouse.down()
  await goes(page, 'op-6')
  await told(page, 'Set severity to Critical · no longer waits')
  await picturesOf(info)(page, 'gap')
  await page.mouse.up()
  await expect(page.getByText('no longer waits')).toHaveCount(0)
  await expect(line('Add a note')).toBeVisible()
})

test('a double click settles one conflict, not the next one as well', async ({ open }) => {
  const page = await open('conflicts')
  await press(page, 'g', 'o')
  await page.getByRole('listitem').first().getByRole('button', { name: 'Keep mine' }).dblclick()
  await expect(waitingTab(page)).toContainText('3')
  await expect(page.getByText('no longer waits')).toHaveCount(0)
  expect(await called(page, 'outbox.resolve')).toHaveLength(1)
})

test('what slid under a pointer at rest takes no click at first, and then does', async ({ open }) => {
  const page = await open('outbox')
  await page.setViewportSize({ width: 1280, height: 1000 })
  await press(page, 'g', 'o')
  const { line } = outboxPage(page)
  const drop = line('Add 2 observables').getByRole('button', { name: 'Drop…' })
  await drop.hover()
  const { x, y, width, height } = (await drop.boundingBox())!
  const at = { x: x + width / 2, y: y + height / 2 }
  // The list is let go once the pointer has rested.
  await goes(page, 'op-1')
  await expect(outboxPage(page).part('Waiting to be sent')).toContainText('4, in this order')
  await expect(page.getByText('no longer waits')).toHaveCount(0)
  const clicked = await page.evaluate(async (point) => {
    const lineThere = () =>
      document.elementFromPoint(point.x, point.y)?.closest('[data-line]')?.getAttribute('data-line')
    const handle = (
      window as never as { harness: { outbox: (change: (all: { id: string }[]) => unknown) => void } }
    ).harness
    handle.outbox((all) => all.filter(({ id }) => id !== 'op-7'))
    while (lineThere() !== 'op-8') await new Promise(requestAnimationFrame)
    const target = document.elementFromPoint(point.x, point.y)
    target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))
    return (target as HTMLElement).innerText
  }, at)
  expect(clicked).toBe('Drop…')
  await page.waitForTimeout(500)
  expect(await called(page, 'outbox.get')).toHaveLength(0)
  await page.mouse.down()
  await page.mouse.up()
  await expect(page.getByRole('group', { name: 'Drop this decision?' })).toBeVisible()
})

test('a click counts while the list scrolls', async ({ open }) => {
  const page = await open('thousand')
  await press(page, 'g', 'o')
  const keep = outboxPage(page).line('(2)').getByRole('button', { name: 'Keep mine' })
  await keep.scrollIntoViewIfNeeded()
  await keep.hover()
  await page.mouse.down()
  const scrolls = await page.evaluate(`(async () => {
    const list = document.querySelector('section.outbox .port')
    const scrolled = new Promise((resolve) => list.addEventListener('scroll', resolve, { once: true }))
    list.scrollBy(0, 1)
    await scrolled
    await new Promise(requestAnimationFrame)
    return list.querySelector('[role="list"] > div').style.pointerEvents
  })()`)
  // What the list wants of itself while it scrolls.
  expect(scrolls).toBe('none')
  await page.mouse.up()
  await expect.poll(() => called(page, 'outbox.resolve')).toHaveLength(1)
})

test('what is sent while somebody aims at a receipt comes on top when the pointer goes', async ({ open }) => {
  const page = await open('outbox')
  await press(page, 'g', 'o')
  await page.getByRole('tab', { name: 'Sent', exact: true }).click()
  const sent = outboxPage(page).part('Sent').getByRole('listitem')
  await sent.nth(1).hover()
  await page.mouse.down()
  const before = await top(sent.nth(1))
  const asked = await harness(page, (one) => one.called('outbox.receipts').length)
  await becomes(page, 'op-2', { state: 'sent', receipt: { at: 1, note: 'Done' } })
  await expect(page.getByText('7 waiting to send')).toBeVisible()
  expect(await top(sent.nth(1))).toBe(before)
  expect(await harness(page, (one) => one.called('outbox.receipts').length)).toBe(asked)
  await page.mouse.up()
  await waitingTab(page).hover()
  await expect(sent).toHaveCount(3)
})
