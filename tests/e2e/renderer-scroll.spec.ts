import type { Page } from '@playwright/test'
import { expect, press, test } from './support/harness-fixture.ts'

/** Scrolls on as a wheel does, and answers where the list stood then and once everything in it has been measured. */
const wheeled = (page: Page, port: string) =>
  page.evaluate(async (selector) => {
    const list = document.querySelector(selector) as HTMLElement
    list.dispatchEvent(new WheelEvent('wheel', { deltaY: 3_000, bubbles: true }))
    list.scrollBy(0, 3_000)
    const there = list.scrollTop
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { there, after: list.scrollTop }
  }, port)

test.describe('whoever scrolls on is not thrown back to what a key has just brought into sight', () => {
  test('in the outbox', async ({ open }) => {
    const page = await open('thousand')
    await press(page, 'g', 'o')
    await page.locator('[data-line="op-1"]').waitFor()
    for (let times = 0; times < 6; times += 1) await page.keyboard.press('j')
    const { there, after } = await wheeled(page, 'section.outbox .port')
    expect(there).toBeGreaterThan(3_000)
    // The lines above may turn out higher or lower than usual ones.
    expect(after).toBeGreaterThan(there - 1_000)
  })

  test('in the queue', async ({ open }) => {
    const page = await open('100k')
    const list = page.getByRole('listbox', { name: 'Alerts' })
    await list.getByRole('option').first().waitFor()
    for (let times = 0; times < 40; times += 1) await page.keyboard.press('j')
    const { there, after } = await wheeled(page, '[role=listbox]')
    expect(there).toBeGreaterThan(3_000)
    expect(after).toBe(there)
  })
})
