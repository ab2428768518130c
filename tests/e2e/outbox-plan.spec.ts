import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'
import type { HiveProcess } from './support/hive-process.ts'
import { picturesOf } from './support/pictures.ts'

type HiveAlert = { _id: string; title: string; severity: number; status: string; tags: string[] }

let hive: HiveProcess
test.beforeEach(async () => {
  hive = await startHiveProcess(1_200)
})
test.afterEach(() => hive.stop())

/** Until I send, from the settings behind G comma. */
async function setUndoWindow(page: Page, choice: string) {
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByText(choice, { exact: true }).click()
  await expect(dialog.getByRole('region', { name: 'Time to undo' }).getByRole('status')).toContainText(
    choice === 'Until I send' ? 'when you say so' : 'rest',
  )
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
}

/** Made-up alerts may share a title: all of them. */
const called = (title: string) =>
  hive.query<HiveAlert[]>([
    { _name: 'listAlert' },
    { _name: 'filter', _eq: { _field: 'title', _value: title } },
  ])
const severities = async (title: string) => (await called(title)).map(({ severity }) => severity).toSorted()

test('what waits is a plan: held, edited, moved, dropped, sent, put back', async ({ app }, info) => {
  test.setTimeout(300_000)
  let desk = deskOf(app.page)
  const pictures = picturesOf(info)
  await desk.connect(hive.url, 'ana-key')
  await expect(desk.status).toContainText('synced', { timeout: 60_000 })

  await test.step('nothing leaves before I send it', async () => {
    await desk.goTo('o')
    await pictures(desk.page, 'empty')
    await setUndoWindow(desk.page, 'Until I send')
    await desk.goTo('i')
  })
  const [first, , third] = await test.step('five decisions, two of them built on a promotion', async () => {
    const titles = [await desk.openAlert(0)]
    await desk.setSeverity('Critical')
    titles.push(await desk.openAlert(1))
    await desk.promote({ title: 'A case to come' })
    titles.push(await desk.openAlert(2))
    await desk.merge('A case to come', /A case to come/)
    await desk.openAlert(3)
    await desk.note('Looked at it, nothing yet.')
    await desk.openAlert(4)
    await desk.addTag('seen')
    return titles
  })
  await test.step('what is deleted before it was sent goes out of the plan, and that is said', async () => {
    await desk.openAlert(5)
    await desk.note('On the wrong alert.')
    const note = desk.alert.comments.filter({ hasText: 'On the wrong alert.' })
    await note.getByRole('button', { name: 'Delete this note' }).click()
    await desk.dialog('Delete this note?').getByRole('button', { name: 'Delete note' }).click()
    await expect(desk.toast('Deleted a note')).toContainText('had not been sent')
    await expect(note).toHaveCount(0)
    await pictures(desk.page, 'taken-out')
  })
  const before = await severities(first!)
  await desk.goTo('o')
  const { outbox } = desk
  const waiting = outbox.part('Waiting to be sent')
  const sentences = () => waiting.getByRole('listitem').evaluateAll((all) => all.map((one) => one.ariaLabel))
  await expect(waiting.getByRole('listitem')).toHaveCount(5)
  await expect(waiting).toContainText('on hold until you send it')
  expect(Object.keys(await hive.effects())).toEqual([])

  await test.step('moved where the order has no meaning, refused where it has', async () => {
    await outbox.line('Add tag seen').focus()
    await desk.page.keyboard.press('Alt+ArrowUp')
    await expect
      .poll(sentences)
      .toEqual([
        'Set severity Critical',
        'Promote to a case',
        expect.stringContaining('Merge into'),
        'Add tag seen',
        'Comment',
      ])
    await outbox.line('Promote to a case').focus()
    await desk.page.keyboard.press('Alt+ArrowUp')
    await expect.poll(async () => (await sentences())[0]).toBe('Promote to a case')
    await desk.page.keyboard.press('Alt+ArrowUp')
    await expect(desk.page.getByText('It is the first.')).toBeVisible()
    await pictures(desk.page, 'plan')
  })

  await test.step('edited before it is sent', async () => {
    await outbox.line('Set severity Critical').focus()
    await desk.page.keyboard.press('e')
    const dialog = desk.dialog('Edit before it is sent')
    await expect(dialog.getByRole('radio', { name: 'Critical' })).toBeChecked()
    await pictures(desk.page, 'edit')
    await dialog.getByText('Low', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(outbox.line('Set severity Low')).toBeVisible()
    // The keyboard goes back to its line as the dialog closes.
    await expect(dialog).toBeHidden()
    await expect(outbox.line('Set severity Low')).toBeFocused()
    await outbox.line('Comment').focus()
    await desk.page.keyboard.press('e')
    await dialog.getByLabel('Comment').fill('Looked at it: harmless.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('the order, the words and the setting outlive a killed process', async () => {
    await app.kill9()
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open 127\.0\.0\.1/)
    await desk.goTo('o')
    await expect(desk.outbox.part('Waiting to be sent').getByRole('listitem')).toHaveCount(5)
    await expect(desk.outbox.screen).toContainText('when you say so')
    await expect(desk.outbox.line('Set severity Low')).toBeVisible()
    expect(
      await desk.outbox
        .part('Waiting to be sent')
        .getByRole('listitem')
        .evaluateAll((all) => all.map((one) => one.ariaLabel)),
    ).toEqual([
      'Promote to a case',
      expect.stringContaining('Merge into'),
      'Set severity Low',
      'Add tag seen',
      'Comment',
    ])
  })

  await test.step('sent one by one; the rest waits', async () => {
    await desk.outbox.line('Set severity Low').focus()
    await desk.page.keyboard.press('s')
    await desk.waiting(4)
    expect(await severities(first!)).not.toEqual(before)
    expect(await severities(first!)).toContain(1)
    expect(Object.keys(await hive.effects())).toHaveLength(1)
  })

  await test.step('dropping names what falls with it', async () => {
    await desk.outbox.line('Promote to a case').focus()
    await desk.page.keyboard.press('Delete')
    const ask = desk.page.getByRole('group', { name: 'Drop this decision?' })
    await expect(ask).toContainText('1 later decision built on it falls with it')
    await expect(ask).toContainText(third!)
    await pictures(desk.page, 'drop')
    await ask.getByRole('button', { name: 'Keep them' }).click()
    await expect(desk.outbox.line('Promote to a case')).toBeVisible()
    await desk.page.keyboard.press('Delete')
    await ask.getByRole('button', { name: 'Drop all 2' }).click()
    await desk.waiting(2)
    expect((await hive.events()).filter(({ path }) => path.endsWith('/case'))).toEqual([])
  })

  await test.step('all of them; the receipts say what was sent, and are saved', async () => {
    await desk.page.getByRole('button', { name: 'Send all now' }).click()
    await desk.waiting(0)
    await desk.page.getByRole('tab', { name: 'Sent', exact: true }).click()
    const sent = desk.outbox.part('Sent')
    await expect(sent.getByRole('listitem')).toHaveCount(3)
    await sent.getByRole('listitem', { name: 'Comment' }).getByRole('button', { name: 'Details' }).click()
    await expect(sent).toContainText('Looked at it: harmless.')
    await pictures(desk.page, 'sent')
    await desk.page.getByRole('searchbox', { name: 'Search what was sent' }).fill('harmless')
    await expect(sent.getByRole('listitem')).toHaveCount(1)
    await desk.page.getByRole('searchbox', { name: 'Search what was sent' }).fill('')
    for (const [name, kind] of [
      ['Save as CSV…', 'csv'],
      ['Save as JSON Lines…', 'jsonl'],
    ] as const) {
      await desk.page.getByRole('button', { name }).click()
      const told = desk.page.getByText(new RegExp(`forager-receipts-.*\\.${kind}`))
      await expect(told).toBeVisible()
      const lines = readFileSync((await told.textContent())!.trim(), 'utf8')
        .trim()
        .split(/\r?\n/)
      expect(lines).toHaveLength(kind === 'csv' ? 4 : 3)
      expect(lines.join('\n')).toContain('Looked at it: harmless.')
    }
  })

  await test.step('put back: shown with reasons first, then queued and sent as ordinary decisions', async () => {
    const sent = desk.outbox.part('Sent')
    for (const name of ['Set severity Low', 'Comment', 'Add tag seen'])
      await sent.getByRole('checkbox', { name: `Choose: ${name}` }).check()
    await desk.page.getByRole('button', { name: 'Put back 3…' }).click()
    const dialog = desk.dialog('Put back what was sent')
    const can = dialog.getByRole('region', { name: 'Can be put back' })
    await expect(can).toContainText('Delete a comment')
    await expect(can).toContainText('Remove tag seen')
    await expect(can).toContainText('Set severity')
    await pictures(desk.page, 'put-back')
    await dialog.getByRole('button', { name: 'Put back 3' }).click()
    await expect(dialog).toBeHidden()
    await desk.waiting(3)
    await desk.page.getByRole('tab', { name: /^To be sent/ }).click()
    await desk.page.getByRole('button', { name: 'Send all now' }).click()
    await desk.waiting(0)
    expect(await severities(first!)).toEqual(before)
    expect(
      (await hive.query<HiveAlert[]>([{ _name: 'listAlert' }])).some((one) => one.tags.includes('seen')),
    ).toBe(false)
    expect(Object.entries(await hive.effects()).filter(([, count]) => count !== 1)).toEqual([])
  })
})

test('a thousand decisions are one list that scrolls', async ({ app }, info) => {
  test.setTimeout(300_000)
  const desk = deskOf(app.page)
  await desk.connect(hive.url, 'ana-key')
  await expect(desk.status).toContainText('synced', { timeout: 60_000 })
  await setUndoWindow(desk.page, 'Until I send')
  await desk.page.getByRole('button', { name: 'All', exact: true }).click()
  // The end of a list that is still being read is not its end.
  await expect(desk.status).toContainText(/of 1,\d{3}/)
  await desk.nth(0).click()
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('x')
  await desk.page.keyboard.press('End')
  await desk.page.keyboard.press('Shift+X')
  await desk.addTag('swept')
  await desk.goTo('o')
  const waiting = desk.outbox.part('Waiting to be sent')
  await expect(waiting).toContainText(/1,\d{3}, in this order/, { timeout: 60_000 })
  const drawn = await waiting.getByRole('listitem').count()
  expect(drawn).toBeGreaterThan(10)
  expect(drawn).toBeLessThan(120)
  await waiting.getByRole('listitem').first().focus()
  for (let n = 0; n < 30; n += 1) await desk.page.keyboard.press('j')
  await expect(desk.page.locator('[data-line]:focus')).toBeInViewport()
  await picturesOf(info)(desk.page, 'thousand')
})
