import { rmSync } from 'node:fs'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import type { Desk } from './support/desk.ts'
import { picturesOf } from './support/pictures.ts'
import { besideAnother } from './support/two-foragers.ts'

const passphrase = 'honey comb meadow wing'
const beside = besideAnother(20)

async function connect(desk: Desk): Promise<void> {
  await desk.connect(beside.hive.url, 'ana-key')
  await expect(desk.status).toContainText('synced', { timeout: 60_000 })
}

/** What the server took, by anybody. */
const writes = async () =>
  (await beside.hive.events())
    .filter(({ effects }) => effects.length > 0)
    .map(({ method, path, body }) => `${method} ${path} ${body ?? ''}`)

test('an outbox goes to another machine as a file, is sent from there, and not a second time from here', async ({
  app,
}, info) => {
  test.setTimeout(300_000)
  const pictures = picturesOf(info)
  const [old, next] = [deskOf(app.page), deskOf(beside.other.page)]
  await connect(old)
  await connect(next)

  await test.step('four decisions on a machine that never comes back online', async () => {
    await old.command('Work offline')
    await expect(old.status).toContainText('Working offline')
    await old.openAlert(0)
    await old.setSeverity('Critical')
    await old.openAlert(1)
    await old.promote({ title: 'A case from the train' })
    await old.openAlert(2)
    await old.note('Looked at it, harmless.')
    await old.openAlert(3)
    await old.dropFiles([{ name: 'note.txt', text: 'evidence' }])
    await old.goTo('o')
    await expect(old.outbox.part('Waiting to be sent').getByRole('listitem')).toHaveCount(4)
  })

  const path = await test.step('are exported under a passphrase, and are on hold here', async () => {
    await old.page.getByRole('button', { name: 'More for the outbox' }).click()
    await pictures(old.page, 'menu')
    await old.page.getByRole('menuitem', { name: 'Export the outbox to a file' }).click()
    const dialog = old.dialog('Export the outbox')
    const go = dialog.getByRole('button', { name: 'Export 4 decisions…' })
    await expect(dialog.getByLabel('Passphrase', { exact: true })).toBeFocused()
    await old.page.keyboard.type(passphrase)
    await old.page.keyboard.press('Tab')
    await old.page.keyboard.type('honey comb')
    await expect(dialog).toContainText('The two differ.')
    await expect(go).toBeDisabled()
    await dialog.getByLabel('Passphrase again').fill(passphrase)
    await pictures(old.page, 'export')
    await old.page.keyboard.press('Enter')
    await expect(dialog).toContainText('4 decisions and 1 file exported.', { timeout: 60_000 })
    await pictures(old.page, 'exported')
    const written = await dialog.getByText(/\.forager-outbox$/).textContent()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(old.outbox.screen).toContainText('4 decisions were exported')
    await expect(old.outbox.line('Set severity Critical')).toContainText(
      'resume to send it from here after all',
    )
    await pictures(old.page, 'on-hold')
    return written ?? ''
  })

  await test.step('a wrong passphrase brings nothing', async () => {
    await next.command('Import an outbox from a file')
    const dialog = next.dialog('Import an outbox')
    await dialog.getByLabel('The exported file').setInputFiles(path)
    await dialog.getByLabel('Passphrase').fill('not this one')
    await dialog.getByRole('button', { name: 'Import' }).click()
    await expect(dialog.getByRole('alert')).toContainText('This is not the passphrase of this file.')
    await pictures(next.page, 'wrong')
    expect(await writes()).toEqual([])
  })

  await test.step('the right one brings all of it, and it is sent', async () => {
    const dialog = next.dialog('Import an outbox')
    await dialog.getByLabel('Passphrase').fill(passphrase)
    await next.page.keyboard.press('Enter')
    await expect(dialog).toContainText('4 decisions with 1 file came in.', { timeout: 60_000 })
    await pictures(next.page, 'imported')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await next.waiting(0)
    rmSync(path)
  })
  const sent = await writes()
  expect(sent.length).toBe(new Set(sent).size)
  expect(Object.values(await beside.hive.effects()).every((count) => count === 1)).toBe(true)

  await test.step('the first machine comes back, and sends nothing by itself', async () => {
    await old.command('Go online again')
    await expect(old.status).toContainText('synced', { timeout: 60_000 })
    const sendAll = old.outbox.screen.getByRole('button', { name: 'Send all now' })
    await expect(sendAll).toBeDisabled()
    await expect(sendAll).toHaveAttribute('title', 'What waits was exported to a file: resume it first')
    await expect(old.outbox.part('Waiting to be sent').getByRole('listitem')).toHaveCount(4)
    expect(await writes()).toEqual(sent)
  })

  await test.step('resumed all the same, it finds each one done', async () => {
    await old.outbox.line('Set severity Critical').focus()
    await old.page.keyboard.press('h')
    await expect(old.dialog('Send it from here after all?')).toContainText('may have been imported')
    await old.page.keyboard.press('Escape')
    await old.outbox.screen.getByRole('button', { name: 'Resume all 4 here…' }).click()
    const question = old.dialog('Send 4 decisions from here after all?')
    await pictures(old.page, 'resume')
    await question.getByRole('button', { name: 'Resume here' }).click()
    await old.waiting(0)
    expect(await writes()).toEqual(sent)
    await old.outbox.screen.getByRole('tab', { name: 'Sent', exact: true }).click()
    await expect(old.outbox.part('Sent').getByRole('listitem')).toHaveCount(4)
    await expect(old.outbox.part('Sent').getByText('was already on the server')).toHaveCount(4)
    expect(await beside.hive.violations()).toEqual([])
  })
})
