import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'
import type { HiveProcess } from './support/hive-process.ts'
import { casePage } from './support/pages/case-page.ts'

type Sent = { patternId?: string; message?: string; name?: string; title?: string; stage?: string }

/** The server may be busy. */
const soon = { timeout: 60_000 }
let hive: HiveProcess

test.beforeEach(async () => {
  hive = await startHiveProcess(60)
})
test.afterEach(() => hive.stop())

const ofAlert = (id: string, what: 'procedures' | 'comments' | 'attachments' | 'observables') =>
  hive.query<(Sent & { data?: string; tlp?: number; attachment?: { name: string } })[]>([
    { _name: 'getAlert', idOrName: id },
    { _name: what },
  ])
const alertTitled = async (title: string) => {
  const alerts = await hive.query<{ _id: string; title: string }[]>([
    { _name: 'listAlert' },
    { _name: 'filter', _eq: { _field: 'title', _value: title } },
  ])
  return alerts[0]?._id ?? ''
}
const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })

test('what is written on an alert by hand stands on the server, once', async ({ app }) => {
  test.setTimeout(240_000)
  const { page } = app
  const desk = deskOf(page)
  const { alert } = desk
  const title = 'Caller asked for a password'
  await desk.connect(hive.url, 'ana-key')
  await expect(desk.nth(0)).toBeVisible()

  await test.step('create it with values, a file and a custom field', async () => {
    await page.keyboard.press('+')
    const dialog = desk.dialog('Create an alert')
    await dialog.getByLabel('Type', { exact: true }).fill('manual')
    await dialog.getByLabel('Source', { exact: true }).fill('phone')
    await dialog.getByLabel('Reference').fill('call-1')
    await dialog.getByLabel('Title').fill(title)
    await dialog.getByLabel('Description').fill('Said he was from IT.')
    await dialog.getByLabel('Values, one a line').fill('198.51.100.7\nhxxp[:]//evil[.]example/x')
    await expect(dialog.getByRole('group', { name: 'What was found' }).getByRole('checkbox')).toHaveCount(2)
    await dialog.getByLabel('Files of the alert').setInputFiles([file('call.txt')])
    await dialog.getByRole('button', { name: 'Create alert' }).click()
    await expect(alert.title).toHaveText(title)
  })

  await test.step('add a TTP, a note that is changed, an attachment; mark two observables', async () => {
    await page.keyboard.press('t')
    await alert.pane.getByRole('button', { name: 'Add TTP' }).click()
    const techniques = desk.dialog('Add a TTP').getByRole('listbox', { name: 'Techniques' })
    const name = (await techniques.getByRole('option').first().getAttribute('aria-label')) ?? ''
    await page.keyboard.press('Enter')
    const tactic = desk.dialog('Add a TTP').getByLabel('Tactic')
    if ((await tactic.count()) > 0) await tactic.selectOption({ index: 1 })
    await desk.dialog('Add a TTP').getByRole('button', { name: 'Add TTP' }).click()
    await expect(alert.procedures).toHaveCount(1)
    await expect(alert.procedures.first()).toContainText(name.split(' ')[0] ?? '')
    await desk.note('Call back tomorrow')
    await alert.comments.first().getByRole('button', { name: 'Edit this note' }).click()
    await alert.comments.first().getByRole('textbox').fill('Called back: a test by the red team')
    await page.keyboard.press('Control+Enter')
    await alert.tab('Attachments').click()
    await alert.pane.getByLabel('Files to attach').setInputFiles([file('memo.txt')])
    await desk.dialog('Add 1 file').getByRole('button', { name: 'Add 1 file' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(alert.attachments).toHaveCount(1)
    await alert.tab('Observables').click()
    await alert.observables.nth(0).getByRole('checkbox').click()
    await alert.observables.nth(1).getByRole('checkbox').click()
    await alert.pane.getByRole('button', { name: 'Edit…' }).click()
    await desk.dialog('Edit 2 observables').getByText('RED', { exact: true }).first().click()
    await desk.dialog('Edit 2 observables').getByRole('button', { name: 'Save' }).click()
  })

  await test.step('the server has all of it', async () => {
    await desk.sendNow()
    await desk.waiting(0)
    await expect.poll(() => alertTitled(title), soon).not.toBe('')
    const id = await alertTitled(title)
    await desk.waiting(0)
    expect((await ofAlert(id, 'procedures')).length).toBe(1)
    const comments = await ofAlert(id, 'comments')
    expect(comments.map((one) => one.message)).toEqual(['Called back: a test by the red team'])
    expect((await ofAlert(id, 'attachments')).map((one) => one.name)).toEqual(['memo.txt'])
    const observables = await ofAlert(id, 'observables')
    expect(observables.map((one) => one.data ?? one.attachment?.name).toSorted()).toEqual([
      '198.51.100.7',
      'call.txt',
      'http://evil.example/x',
    ])
    expect(observables.filter((one) => one.tlp === 4)).toHaveLength(2)
  })

  await test.step('it is deleted, and is gone there and here', async () => {
    await page.keyboard.press('#')
    const ask = desk.dialog('Delete 1 alert?')
    await expect(ask).toContainText(title)
    await ask.getByRole('button', { name: 'Delete 1 alert' }).click()
    await expect(ask).toBeHidden()
    await desk.sendNow()
    await desk.waiting(0)
    await expect.poll(() => alertTitled(title), soon).toBe('')
    await desk.filter('source:phone')
    await expect(desk.rows).toHaveCount(0)
  })
  expect(await hive.violations()).toEqual([])
})

test('a case begun by hand is closed and reopened; what is similar leads to it', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const desk = deskOf(page)
  const cases = casePage(page)
  const caseOf = async () =>
    (await hive.query<Sent[]>([{ _name: 'listCase' }])).find((one) => /false bank/.test(one.title ?? ''))
  await desk.connect(hive.url, 'ana-key')
  await expect(desk.nth(0)).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await cases.create.click()
  await desk.dialog('Create a case').getByLabel('Title').fill('Calls from a false bank')
  await desk.dialog('Create a case').getByRole('button', { name: 'Create case' }).click()
  await expect(cases.title).toContainText('Calls from a false bank')
  await desk.sendNow()
  await expect(cases.title).toContainText(/#\d+/, soon)
  await cases.action('Close').click()
  const close = desk.dialog(/^Close case/)
  await close.getByText('No impact').click()
  await close.getByRole('option').first().click()
  await expect(close).toBeHidden()
  await desk.sendNow()
  await expect.poll(async () => (await caseOf())?.stage, soon).toBe('Closed')
  await cases.action('Reopen').click()
  const reopen = desk.dialog(/^Reopen case/)
  await reopen.getByRole('option').first().click()
  await expect(reopen).toBeHidden()
  await desk.sendNow()
  await expect.poll(async () => (await caseOf())?.stage, soon).toBe('InProgress')
  await desk.view('Inbox').click()
  await desk.openAlert(0)
  await page.keyboard.press('i')
  await expect(desk.alert.pane.getByText('As the server counts it now')).toBeVisible()
  expect(await hive.violations()).toEqual([])
})

test('the organisation is switched from the top bar, and back to the first one from its list', async ({
  app,
}) => {
  test.setTimeout(180_000)
  const { page } = app
  const desk = deskOf(page)
  await page.getByRole('button', { name: 'Connect to TheHive' }).click()
  await page.getByLabel('Server address').fill(hive.url)
  await page.getByLabel('API key').fill('boss-key')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(desk.queue).toBeVisible()
  await expect(desk.status).toContainText('acme')
  await page.getByRole('button', { name: /^Connection: / }).click()
  await page.getByRole('menuitem', { name: 'globex' }).click()
  await expect(desk.status).toContainText('globex', { timeout: 30_000 })
  await page.getByRole('button', { name: /^Connection: / }).click()
  await page.getByRole('menuitem', { name: 'acme', exact: true }).click()
  await expect(desk.status).toContainText('acme', { timeout: 30_000 })
  await expect(desk.nth(0)).toBeVisible()
})
