import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'
import type { HiveProcess } from './support/hive-process.ts'
import { picturesOf } from './support/pictures.ts'

/** The server may be busy. */
const soon = { timeout: 60_000 }
const kept = /^Draft, kept on this computer/
let hive: HiveProcess

test.beforeEach(async () => {
  hive = await startHiveProcess(60)
})
test.afterEach(() => hive.stop())

const alertsTitled = (title: string) =>
  hive.query<{ _id: string; description: string }[]>([
    { _name: 'listAlert' },
    { _name: 'filter', _eq: { _field: 'title', _value: title } },
  ])

/** The line says that a draft is kept, not up to which word. */
const onDisk = async (page: Page): Promise<string> =>
  JSON.stringify(
    await page.evaluate(`(async ({ calls }) => {
      const { value } = await calls['profiles.current']({})
      return calls['drafts.list']({ profileId: value.profile.id })
    })(window.forager)`),
  )

test('what is half typed outlives a killed process, and a colleague’s words meanwhile', async ({
  app,
}, info) => {
  test.setTimeout(180_000)
  const picture = picturesOf(info)
  let desk = deskOf(app.page)
  await desk.connect(hive.url, 'ana-key')
  const title = await desk.openAlert(0)
  const [{ _id: id, description } = { _id: '', description: '' }] = await alertsTitled(title)
  const mine = `${description} Our own proxy.`
  const textOf = (name: string) => desk.alert.pane.getByRole('textbox', { name })

  await test.step('a note and a description are half typed when the process is killed', async () => {
    await desk.alert.pane.getByRole('button', { name: 'Edit description' }).click()
    await textOf('Description').fill(mine)
    await expect(desk.alert.pane.getByText(kept)).toBeVisible()
    await desk.alert.tab('Comments').click()
    await desk.alert.note.click()
    await desk.page.keyboard.type('Call back on Mon')
    await expect(desk.alert.pane.getByText(kept)).toBeVisible()
    await expect.poll(() => onDisk(app.page)).toContain('Call back on Mon')
    await app.kill9()
  })

  await hive.api('PATCH', `/alert/${id}`, { description: `${description} By Ben.` }, 'ben')

  await test.step('both are there again, and say that they are drafts', async () => {
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open 127\.0\.0\.1/)
    await expect(desk.status).toContainText('Online', soon)
    await desk.openTitled(title)
    await expect(textOf('Description')).toHaveValue(mine)
    await expect(desk.alert.pane.getByText(kept)).toBeVisible()
    await expect(desk.alert.pane.getByRole('button', { name: 'Discard draft' })).toBeVisible()
    await picture(desk.page, 'description')
    await desk.page.keyboard.press('n')
    await expect(desk.alert.note).toHaveValue('Call back on Mon')
    await expect(desk.alert.pane.getByText(kept)).toBeVisible()
    await picture(desk.page, 'note')
  })

  await test.step('saved, the edit meets what the colleague wrote since it was begun', async () => {
    await desk.alert.tab('Description').click()
    await desk.alert.pane.getByRole('button', { name: 'Save description' }).click()
    await expect(textOf('Description')).toBeHidden()
    await desk.goTo('o')
    await expect(desk.outbox.part('Needs you')).toContainText(title, soon)
    expect(await alertsTitled(title)).toMatchObject([{ description: `${description} By Ben.` }])
    await desk.goTo('i')
  })

  await test.step('a draft that is let go of is gone, and what was saved is no draft any more', async () => {
    await desk.openTitled(title)
    await desk.alert.tab('Comments').click()
    await desk.alert.pane.getByRole('button', { name: 'Discard' }).click()
    await expect(desk.alert.note).toHaveValue('')
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open 127\.0\.0\.1/)
    await desk.openTitled(title)
    await expect(textOf('Description')).toHaveCount(0)
    await desk.alert.tab('Comments').click()
    await expect(desk.alert.note).toHaveValue('')
    await expect(desk.alert.pane.getByText(kept)).toHaveCount(0)
  })
})

test('a switch to another workspace and back brings half a note back', async ({ app }) => {
  test.setTimeout(180_000)
  const desk = deskOf(app.page)
  await desk.connect(hive.url, 'ana-key')
  const title = await desk.openAlert(0)
  await desk.page.keyboard.press('n')
  await desk.page.keyboard.type('Ask the help desk')
  await desk.command('Close this workspace')
  await app.page.getByRole('button', { name: 'Explore with sample data' }).click()
  await expect(desk.status).toContainText('Local workspace')
  await app.page.reload()
  await expect(desk.status).toContainText('Local workspace')
  await desk.command('Close this workspace')
  await desk.reopen(/^Open 127\.0\.0\.1/)
  await desk.openTitled(title)
  await desk.page.keyboard.press('n')
  await expect(desk.alert.note).toHaveValue('Ask the help desk')
})

test('the edit of a waiting decision outlives a killed process', async ({ app }) => {
  test.setTimeout(180_000)
  let desk = deskOf(app.page)
  const dialog = () => desk.dialog('Edit before it is sent')
  await desk.connect(hive.url, 'ana-key')
  await hive.goOffline()
  await desk.openAlert(0)
  await desk.note('Looked at it')
  await desk.goTo('o')
  await desk.outbox.line('Comment').focus()
  await desk.page.keyboard.press('e')
  await dialog().getByLabel('Comment').fill('Looked at it: harm')
  await expect.poll(() => onDisk(app.page)).toContain('harm')
  await app.kill9()
  desk = deskOf(await app.relaunch())
  await desk.reopen(/^Open 127\.0\.0\.1/)
  await desk.goTo('o')
  await desk.outbox.line('Comment').focus()
  await desk.page.keyboard.press('e')
  await expect(dialog().getByLabel('Comment')).toHaveValue('Looked at it: harm')
  await expect(dialog().getByText(kept)).toBeVisible()
  await dialog().getByLabel('Comment').fill('Looked at it: harmless')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(dialog()).toBeHidden()
  await expect.poll(() => onDisk(desk.page)).toBe('{"ok":true,"value":[]}')
})

test('a new alert, an observable and a TTP that are half written outlive a killed process', async ({
  app,
}, info) => {
  test.setTimeout(180_000)
  const picture = picturesOf(info)
  let desk = deskOf(app.page)
  const create = () => desk.dialog('Create an alert')
  const edit = () => desk.dialog('Edit observable')
  const ttp = () => desk.dialog('Add a TTP')
  const editFirst = async () => {
    await desk.alert.tab('Observables').click()
    await desk.alert.observables
      .first()
      .getByRole('button', { name: /^More for/ })
      .click()
    await desk.page.getByRole('menuitem', { name: 'Edit…' }).click()
  }
  await app.page.getByRole('button', { name: 'Explore with sample data' }).click()
  await desk.openAlert(0)

  await test.step('half written', async () => {
    await editFirst()
    await edit().getByLabel('Description').fill('Our own pro')
    await expect(edit().getByText(kept)).toBeVisible()
    // As after a window that died: nothing of it was cancelled.
    await app.page.reload()
    await desk.openAlert(0)
    await desk.page.keyboard.press('t')
    await desk.alert.pane.getByRole('button', { name: 'Add TTP' }).click()
    await ttp().getByRole('option').first().click()
    await ttp().getByLabel('Description (optional)').fill('Seen in the mail lo')
    await expect(ttp().getByText(kept)).toBeVisible()
    await app.page.reload()
    await desk.openAlert(0)
    await desk.page.keyboard.press('+')
    await create().getByLabel('Title').fill('A worried caller')
    await create().getByLabel('Values, one a line').fill('198.51.100.7')
    await expect.poll(() => onDisk(app.page)).toContain('198.51.100.7')
    await app.kill9()
  })

  await test.step('all of it is there, in its place, and each can be let go of', async () => {
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open Sample data/)
    await desk.openAlert(0)
    await editFirst()
    await picture(desk.page, 'observable')
    await expect(edit().getByLabel('Description')).toHaveValue('Our own pro')
    await edit().getByRole('button', { name: 'Save' }).click()
    await expect(desk.alert.observables.first()).toContainText('Our own pro')
    await desk.page.keyboard.press('t')
    await desk.alert.pane.getByRole('button', { name: 'Add TTP' }).click()
    await expect(ttp().getByLabel('Description (optional)')).toHaveValue('Seen in the mail lo')
    await ttp().getByRole('button', { name: 'Discard draft' }).click()
    await expect(ttp()).toBeHidden()
    await desk.page.keyboard.press('+')
    await expect(create().getByLabel('Title')).toHaveValue('A worried caller')
    await expect(create().getByRole('checkbox', { name: /^Add / })).toHaveCount(1)
    await picture(desk.page, 'new-alert')
    await create().getByRole('button', { name: 'Discard' }).click()
    await expect(create().getByLabel('Title')).toHaveValue('')
    await expect(create().getByText(kept)).toBeHidden()
  })
})

test('a promotion, a closing and a new case that are half written outlive a killed process', async ({
  app,
}, info) => {
  test.setTimeout(180_000)
  const picture = picturesOf(info)
  let desk = deskOf(app.page)
  const promotion = () => desk.dialog('Promote to case')
  const closing = () => desk.dialog('Close 1 alert')
  const newCase = () => desk.dialog('Create a case')
  const summary = (dialog: Locator) => dialog.getByLabel('Summary (optional)')
  await app.page.getByRole('button', { name: 'Explore with sample data' }).click()
  await desk.openAlert(0)

  await test.step('half written', async () => {
    await desk.page.keyboard.press('p')
    await promotion().getByLabel('Title').fill('Calls from a false ba')
    await promotion().getByLabel('Case template').selectOption('malware')
    await expect(promotion().getByText(kept)).toBeVisible()
    // As after a window that died: nothing of it was cancelled.
    await app.page.reload()
    await desk.openAlert(1)
    await desk.page.keyboard.press('c')
    await summary(closing()).fill('The bank has been tol')
    await expect(closing().getByText(kept)).toBeVisible()
    await app.page.reload()
    await expect(desk.nth(0)).toBeVisible()
    await desk.command('Create a case')
    await newCase().getByLabel('Title').fill('A wave of cal')
    await expect.poll(() => onDisk(app.page)).toContain('A wave of cal')
    await app.kill9()
  })

  await test.step('all of it is there, and is gone once it is decided or let go of', async () => {
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open Sample data/)
    await desk.openAlert(1)
    await desk.page.keyboard.press('c')
    await expect(summary(closing())).toHaveValue('The bank has been tol')
    await picture(desk.page, 'closing')
    await closing().getByRole('option').first().click()
    await expect(closing()).toBeHidden()
    await desk.openAlert(0)
    await desk.page.keyboard.press('p')
    await expect(promotion().getByLabel('Title')).toHaveValue('Calls from a false ba')
    await expect(promotion().getByLabel('Case template')).toHaveValue('malware')
    await picture(desk.page, 'promotion')
    await promotion().getByRole('button', { name: 'Promote', exact: true }).click()
    await expect(promotion()).toBeHidden()
    await desk.command('Create a case')
    await expect(newCase().getByLabel('Title')).toHaveValue('A wave of cal')
    await picture(desk.page, 'new-case')
    await newCase().getByRole('button', { name: 'Discard draft' }).click()
    await expect(newCase()).toBeHidden()
    await expect.poll(() => onDisk(desk.page)).toBe('{"ok":true,"value":[]}')
  })
})
