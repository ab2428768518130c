import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { alertPage } from './pages/alert-page.ts'
import { connectPage } from './pages/connect-page.ts'
import { outboxPage } from './pages/outbox-page.ts'
import { queuePage } from './pages/queue-page.ts'

/** What an analyst does at the desk, by key and by mouse; where things stand is for the pages to know. */
export function deskOf(page: Page) {
  const { list: queue, rows, row, query, status, dialog, view, toast } = queuePage(page)
  const alert = alertPage(page)
  const { zone: detail } = alert
  const connect = connectPage(page)
  const nth = (index: number): Locator => rows.nth(index)

  const desk = {
    ...{ page, queue, rows, row, status, alert, detail, dialog, view, toast, nth, outbox: outboxPage(page) },

    /** `login` is the part before the @. */
    async connect(url: string, apiKey: string, login = 'ana') {
      await connect.choice('Connect to TheHive').click()
      await connect.url.fill(url)
      await connect.apiKey.fill(apiKey)
      await connect.test.click()
      await expect(page.getByText(`(${login}@acme.example)`)).toBeVisible()
      await connect.connect.click()
      await expect(queue).toBeVisible()
    },

    /** After a restart: the connection is listed and needs no key again. */
    async reopen(name: RegExp) {
      await page.getByRole('button', { name }).click()
      await expect(nth(0)).toBeVisible()
    },

    /** The filter line, as typed and entered; it holds the keyboard no longer afterwards. */
    async filter(text: string) {
      await query.fill(text)
      await query.press('Enter')
      await query.press('Escape')
    },

    async openAlert(index: number): Promise<string> {
      // A row is there before its words are.
      await expect(nth(index)).not.toHaveAccessibleName('Reading…')
      const title = (await nth(index).getAttribute('aria-label')) ?? ''
      await nth(index).click()
      await expect(alert.title.and(page.getByRole('heading', { name: title }))).toBeVisible()
      return title
    },

    async openTitled(title: string) {
      await row(title).click()
      await expect(alert.title).toHaveText(title)
    },

    /** V, then the level. */
    async setSeverity(level: string) {
      await page.keyboard.press('v')
      const box = dialog(/^Severity/)
      await box.getByRole('option', { name: level }).click()
      await expect(box).toBeHidden()
    },

    /** L, then one more tag. */
    async addTag(tag: string) {
      await page.keyboard.press('l')
      const box = dialog(/^Tags/)
      await box.getByRole('textbox', { name: 'Tags' }).fill(tag)
      await page.keyboard.press('Enter')
      await box.getByRole('button', { name: 'Save tags' }).click()
      await expect(box).toBeHidden()
    },

    /** C, then the closing status. */
    async close(statusName: string) {
      await page.keyboard.press('c')
      const box = dialog(/^Close/)
      await box.getByRole('option', { name: statusName }).click()
      await expect(box).toBeHidden()
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
      await expect(alert.comments.filter({ hasText: message })).toBeVisible()
      await page.keyboard.press('Escape')
    },

    /** Ends the undo window of all that rests in it, whatever is on the screen. */
    async sendNow() {
      expect(await page.evaluate(`window.forager.calls['outbox.sendNow']({})`)).toMatchObject({ ok: true })
    },

    /** From the palette, by its whole name. */
    async command(title: string) {
      await page.keyboard.press('ControlOrMeta+k')
      const palette = dialog('Commands')
      await palette.getByRole('combobox').fill(title)
      await page.keyboard.press('Enter')
      await expect(palette).toBeHidden()
    },

    /** G, then: outbox, inbox. */
    async goTo(key: 'o' | 'i') {
      await page.keyboard.press('Escape')
      await page.keyboard.press('g')
      await page.keyboard.press(key)
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
