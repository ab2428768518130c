import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** What an analyst does at the desk, by key and by mouse, in the words on the screen. */
export function deskOf(page: Page) {
  const queue = page.getByRole('listbox', { name: 'Alerts' })
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })
  const status = page.getByRole('contentinfo', { name: 'Status' })
  const detail = page.getByRole('region', { name: /^Alert details/ })
  const nth = (index: number): Locator => queue.getByRole('option').nth(index)

  const desk = {
    ...{ page, queue, status, detail, dialog, nth },

    async connect(url: string, apiKey: string) {
      await page.getByRole('button', { name: 'Connect to TheHive' }).click()
      await page.getByLabel('Server address').fill(url)
      await page.getByLabel('API key').fill(apiKey)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await expect(page.getByText(/ana@acme\.example.* at acme/)).toBeVisible()
      await page.getByRole('button', { name: 'Connect', exact: true }).click()
      await expect(queue).toBeVisible()
    },

    /** After a restart: the connection is listed and needs no key again. */
    async reopen(name: RegExp) {
      await page.getByRole('button', { name }).click()
      await expect(nth(0)).toBeVisible()
    },

    async openAlert(index: number): Promise<string> {
      const title = (await nth(index).getAttribute('aria-label')) ?? ''
      await nth(index).click()
      await expect(detail.getByRole('heading', { level: 2, name: title })).toBeVisible()
      return title
    },

    /** C, then the number of the closing status. */
    async close(statusName: string) {
      await page.keyboard.press('c')
      await dialog(/^Close/)
        .getByRole('option', { name: statusName })
        .click()
      await expect(dialog(/^Close/)).toBeHidden()
    },

    async promote(choices: { title?: string; template?: string }) {
      await page.keyboard.press('p')
      const box = dialog('Promote to case')
      if (choices.template !== undefined) await box.getByLabel('Case template').selectOption(choices.template)
      if (choices.title !== undefined) await box.getByLabel('Title').fill(choices.title)
      await box.getByRole('button', { name: 'Promote', exact: true }).click()
      await expect(box).toBeHidden()
    },

    async merge(search: string, caseName: RegExp) {
      await page.keyboard.press('m')
      const box = dialog('Merge into case')
      await box.getByLabel('Find a case by number or words').fill(search)
      await box.getByRole('option', { name: caseName }).first().click()
      await expect(box).toBeHidden()
    },

    /** Drags files onto the open alert. */
    async dropFiles(files: readonly { name: string; text: string }[]) {
      const data = await page.evaluateHandle((given) => {
        const transfer = new DataTransfer()
        for (const { name, text } of given) transfer.items.add(new File([text], name, { type: 'text/plain' }))
        return transfer
      }, files)
      for (const type of ['dragenter', 'dragover', 'drop'])
        await detail.dispatchEvent(type, { dataTransfer: data })
      await dialog(/^Add \d+ file/)
        .getByRole('button', { name: /^Add/ })
        .click()
      const done = dialog('Files added')
      for (const { name } of files)
        await expect(done.getByRole('listitem').filter({ hasText: name })).toContainText(
          /sha256 [0-9a-f]{64}/,
        )
      await done.getByRole('button', { name: 'Done' }).click()
    },

    /** Pastes values onto the open alert, one a line. */
    async pasteValues(values: readonly string[]) {
      await page.evaluate((text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        const target = document.activeElement ?? document.body
        target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, values.join('\n'))
      const box = dialog('Add values')
      await expect(box.getByRole('checkbox', { name: /^Add / })).toHaveCount(values.length)
      await box.getByRole('button', { name: /^Add/ }).click()
      await expect(box).toBeHidden()
    },

    async note(message: string) {
      await page.keyboard.press('n')
      await page.keyboard.type(message)
      await page.keyboard.press('Control+Enter')
      await expect(detail.getByRole('article').filter({ hasText: message })).toBeVisible()
      await page.keyboard.press('Escape')
    },

    async waiting(count: number) {
      await expect(status.getByRole('button', { name: /wait/ })).toContainText(
        count === 0 ? 'nothing waits' : String(count),
        { timeout: 60_000 },
      )
    },
  }
  return desk
}

export type Desk = ReturnType<typeof deskOf>
