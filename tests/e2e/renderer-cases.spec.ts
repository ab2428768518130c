import { expect, lastCall, openFirst, press, test } from './support/harness-fixture.ts'
import { casePage } from './support/pages/case-page.ts'

test('a case is read, closed with its impact and reopened', async ({ open }) => {
  const page = await open('plain')
  const cases = casePage(page)
  await press(page, 'g', 'c')
  await cases.list.first().click()
  await expect(cases.title).toContainText('#114')
  await expect(cases.tasks).toHaveCount(4)
  await expect(cases.tasks.nth(2)).toContainText('mandatory')
  await cases.action('Close').click()
  const dialog = page.getByRole('dialog', { name: 'Close case #114' })
  await dialog.getByText('With impact').click()
  await dialog.getByLabel(/Summary/).fill('Paid, then recalled.')
  await dialog.getByRole('option', { name: 'TruePositive' }).click()
  await expect(cases.pane).toContainText('Paid, then recalled.')
  await expect(cases.pane).toContainText('With impact')
  expect(await lastCall(page, 'cases.update')).toMatchObject({
    change: { status: 'TruePositive', impactStatus: 'WithImpact', summary: 'Paid, then recalled.' },
  })
  await cases.action('Reopen').click()
  await page.getByRole('dialog').getByRole('option', { name: 'InProgress' }).click()
  await expect(cases.action('Close')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(cases.pane).toBeHidden()
})

test('promoting takes other words, a status, tasks and the fields the template asks for', async ({
  open,
}) => {
  const page = await open('plain')
  await openFirst(page)
  await press(page, 'p')
  const dialog = page.getByRole('dialog', { name: 'Promote to case' })
  await expect(dialog.getByLabel('Root cause (mandatory)')).toBeHidden()
  await dialog.getByLabel('Case template').selectOption('malware')
  await dialog.getByLabel('Root cause (mandatory)').fill('A macro')
  await dialog.getByLabel('Description').fill('Ran on two laptops.')
  await dialog.getByLabel('Status').selectOption('InProgress')
  await dialog.getByLabel('Flagged').check()
  await dialog.getByLabel('Started').fill('2026-03-01T10:30:00')
  await dialog.getByLabel('Ended').fill('2026-03-01T12:00:00')
  await dialog.getByLabel('Summary').fill('Contained.')
  await dialog.getByRole('button', { name: 'Add a page' }).click()
  await dialog.getByRole('button', { name: 'Add a page' }).click()
  const book = dialog.getByRole('group', { name: 'Page 1' })
  await dialog.getByText('More', { exact: true }).click()
  await expect(book).toBeHidden()
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click()
  await expect(book.getByLabel('Page title')).toBeVisible()
  await book.getByLabel('Page title').fill('Timeline')
  await book.getByLabel('Category').fill('Notes')
  await book.getByLabel('Text').fill('10:30 first call')
  await dialog.getByRole('button', { name: 'Remove page 2' }).click()
  await dialog.getByLabel('More tasks, one a line').fill('Call the owner\n\n Order new laptops ')
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click()
  await expect(dialog).toBeHidden()
  const asked = await lastCall<{ choices: object }>(page, 'triage.promote')
  expect(asked?.choices).toEqual({
    caseTemplate: 'malware',
    ...{ description: 'Ran on two laptops.', status: 'InProgress', flag: true },
    summary: 'Contained.',
    startDate: new Date('2026-03-01T10:30:00').getTime(),
    endDate: new Date('2026-03-01T12:00:00').getTime(),
    pages: [{ title: 'Timeline', category: 'Notes', content: '10:30 first call' }],
    tasks: [{ title: 'Call the owner' }, { title: 'Order new laptops' }],
    customFields: [expect.objectContaining({ name: 'root-cause', value: 'A macro' })],
  })
})

test('a case is begun by hand and edited: only what changed is sent', async ({ open }) => {
  const page = await open('plain')
  const cases = casePage(page)
  await press(page, 'g', 'c')
  await cases.create.click()
  const create = page.getByRole('dialog', { name: 'Create a case' })
  await create.getByLabel('Title').fill('Calls from a false bank')
  await create.getByRole('button', { name: 'Create case' }).click()
  await expect(cases.title).toContainText('Calls from a false bank')
  await cases.action('Edit').click()
  const edit = page.getByRole('dialog', { name: /^Edit case/ })
  await edit.getByText('Critical').click()
  await edit.getByLabel('Flagged').check()
  await edit.getByRole('button', { name: 'Save case' }).click()
  await expect(cases.pane).toContainText('flagged')
  const asked = await lastCall<{ change: object }>(page, 'cases.update')
  expect(asked?.change).toEqual({ severity: 4, flag: true })
})

test('closing a case asks for its mandatory fields right there; its fields are edited with the rest', async ({
  open,
}) => {
  const page = await open('plain')
  const cases = casePage(page)
  await press(page, 'g', 'c')
  await cases.list.nth(4).click()
  await cases.action('Close').click()
  const dialog = page.getByRole('dialog', { name: 'Close case #110' })
  const cause = dialog.getByLabel('Root cause (mandatory)')
  await expect(cause).toBeFocused()
  await dialog.getByRole('option', { name: 'TruePositive' }).click()
  await expect(dialog).toContainText('Closing needs a value here')
  await cause.fill('A rule that was switched off')
  await dialog.getByRole('option', { name: 'TruePositive' }).click()
  await expect(cases.pane).toContainText('A rule that was switched off')
  expect(await lastCall(page, 'cases.update')).toMatchObject({
    change: {
      status: 'TruePositive',
      customFields: [{ name: 'business-unit', value: 'Finance' }, { value: 'A rule that was switched off' }],
    },
  })
  await cases.action('Edit').click()
  const edit = page.getByRole('dialog', { name: /^Edit case/ })
  await edit.getByLabel('Business unit', { exact: true }).selectOption('Plant')
  await edit.getByRole('button', { name: 'Save case' }).click()
  await expect(cases.pane).toContainText('Plant')
  const asked = await lastCall<{ change: { customFields: { value: string }[] } }>(page, 'cases.update')
  expect(asked?.change.customFields.map((one) => one.value)).toEqual([
    'Plant',
    'A rule that was switched off',
  ])
})
