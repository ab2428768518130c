import { expect, harness, lastCall, openFirst, press, test } from './support/harness-fixture.ts'
import { alertPage } from './support/pages/alert-page.ts'
import { casePage } from './support/pages/case-page.ts'
import { queuePage } from './support/pages/queue-page.ts'

test('deleting names what it deletes, and no key does it by itself', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await press(page, 'x', 'j', 'j', 'j', 'j', 'j', 'j', 'Shift+X')
  const first = (await queue.rows.first().getAttribute('aria-label')) ?? ''
  await page.keyboard.press('#')
  const dialog = queue.dialog('Delete 7 alerts?')
  await expect(dialog).toContainText(first)
  await expect(dialog).toContainText('and 2 others')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  expect(await harness(page, (one) => one.called('triage.delete').length)).toBe(0)
  await page.keyboard.press('#')
  await page.keyboard.press('#')
  await dialog.getByRole('button', { name: 'Delete 7 alerts' }).click()
  await expect(queue.toast('Deleted 7 alerts')).toBeVisible()
  expect((await lastCall<{ ids: string[] }>(page, 'triage.delete'))?.ids).toHaveLength(7)
})

test('what is being stored cannot be closed over, and its failure is told where it was asked for', async ({
  open,
}) => {
  const page = await open('slow')
  const queue = queuePage(page)
  await press(page, '#')
  const dialog = queue.dialog('Delete 1 alert?')
  await harness(page, (one) => one.refuse('triage.delete', 'The disk is full.'))
  await dialog.getByRole('button', { name: 'Delete 1 alert' }).click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Close dialog' }).click()
  await expect(dialog).toContainText('The disk is full.')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('j')
  await page.keyboard.press('?')
  await expect(queue.dialog('Keys')).toBeVisible()
})

test('a decision that is still being stored closes its own dialog only', async ({ open }) => {
  const page = await open('slow')
  const queue = queuePage(page)
  await press(page, 'v')
  await queue.dialog('Severity of 1 alert').waitFor()
  await page.keyboard.press('4')
  await page.keyboard.press('Escape')
  await expect(queue.dialog('Severity of 1 alert')).toBeHidden()
  await page.keyboard.press('l')
  await queue.dialog('Tags of 1 alert').waitFor()
  await page.keyboard.type('half')
  await expect(queue.toast('Set 1 alert to critical severity')).toBeVisible()
  await page.keyboard.type(' a word')
  await expect(queue.dialog('Tags of 1 alert').getByRole('textbox', { name: 'Tags' })).toHaveValue(
    'half a word',
  )
})

test('a deleted alert leaves the queue at once, and Z brings it back', async ({ open }) => {
  const page = await open('local')
  const queue = queuePage(page)
  const alert = await openFirst(page)
  const first = (await queue.current()) ?? ''
  await page.keyboard.press('#')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 alert' }).click()
  await expect(queue.row(first)).toBeHidden()
  await expect(alert.title).not.toHaveText(first)
  await page.keyboard.press('z')
  await expect(queue.row(first)).toBeVisible()
})

test('closing asks for the mandatory fields right there', async ({ open }) => {
  const page = await open('mandatory')
  await openFirst(page)
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'Close 1 alert' })
  const field = dialog.getByLabel('Root cause (mandatory)')
  await expect(field).toBeFocused()
  await dialog.getByRole('option', { name: 'FalsePositive' }).click()
  await expect(field).toBeFocused()
  await expect(dialog).toContainText('Closing needs a value here')
  expect(await lastCall(page, 'triage.update')).toBeUndefined()
  await field.fill('Reply-to spoofed')
  await dialog.getByRole('option', { name: 'FalsePositive' }).click()
  await expect(dialog).toBeHidden()
  const asked = await lastCall<{ change: { status: string; customFields: object[] } }>(page, 'triage.update')
  expect(asked?.change.status).toBe('FalsePositive')
  expect(asked?.change.customFields).toContainEqual(
    expect.objectContaining({ name: 'root-cause', value: 'Reply-to spoofed' }),
  )
})

test('closing several fills the missing fields in all of them, and one Z takes it back', async ({ open }) => {
  const page = await open('mandatory')
  const queue = queuePage(page)
  await press(page, 'x', 'j', 'Shift+X', 'c')
  const dialog = page.getByRole('dialog', { name: 'Close 2 alerts' })
  await dialog.getByLabel('Root cause (mandatory)').fill('Test mail')
  await dialog.getByRole('option', { name: 'Ignored' }).click()
  await expect(queue.toast('Closed 2 alerts as Ignored')).toBeVisible()
  await expect(queue.status).toContainText('2 waiting to send')
  await page.keyboard.press('z')
  await expect(queue.status).toContainText('nothing waits to be sent')
})

test('on TheHive 3 only what it has is offered: read marks, four markings, no TTPs', async ({ open }) => {
  const page = await open('th3')
  const alert = await openFirst(page)
  await expect(alert.action('Close')).toHaveCount(0)
  for (const name of ['TTPs', 'Comments', 'Attachments'] as const)
    await expect(alert.tab(name)).toHaveCount(0)
  await expect(alert.pane).not.toContainText('PAP:')
  await page.keyboard.press('u')
  await expect(queuePage(page).toast('Marked 1 alert as read')).toBeVisible()
  expect(await lastCall(page, 'triage.read')).toMatchObject({ read: true })
  await page.keyboard.press('+')
  const create = page.getByRole('dialog', { name: 'Create an alert' })
  await expect(create.getByText('RED', { exact: true })).toHaveCount(1)
  await expect(create.getByText('AMBER+STRICT')).toHaveCount(0)
})

test('on TheHive 3 a file over an alert is told that it comes with a new one only; text is taken', async ({
  open,
}) => {
  const page = await open('th3')
  const alert = await openFirst(page)
  const drag = async (type: 'dragover' | 'drop', what: 'file' | 'text') => {
    const dataTransfer = await page.evaluateHandle((kind) => {
      const data = new DataTransfer()
      if (kind === 'file') data.items.add(new File(['evidence'], 'note.txt'))
      else data.setData('text/plain', '192.0.2.7')
      return data
    }, what)
    await alert.zone.dispatchEvent(type, { dataTransfer })
  }
  await drag('dragover', 'file')
  await expect(alert.zone).toContainText('TheHive 3 takes files with a new alert only.')
  await drag('drop', 'file')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await drag('dragover', 'text')
  await expect(alert.zone).toContainText('Drop to add to this alert')
  await drag('drop', 'text')
  await expect(page.getByRole('dialog', { name: 'Add values' })).toBeVisible()
})

test('on TheHive 3 similar cases are shown, and that alerts are not compared there', async ({ open }) => {
  const page = await open('th3')
  const alert = await openFirst(page)
  await press(page, 'i')
  const cases = alert.pane.getByRole('region', { name: 'Similar cases' })
  await expect(cases).toContainText('shares 5 observables, 1 IOC')
  await expect(alert.pane).toContainText('TheHive 3 compares alerts with cases only.')
  await cases.getByRole('button', { name: 'Merge into #114' }).click()
  await expect(queuePage(page).toast('Merged into case #114')).toBeVisible()
})

test('what an early TheHive 5 cannot do is shown with its reason', async ({ open }) => {
  const page = await open('early5')
  const alert = await openFirst(page)
  await alert.tab('Attachments').click()
  await expect(alert.pane.getByRole('button', { name: 'Attach files' })).toHaveAttribute('title', /5\.2\.11/)
  await expect(alert.action('Assign')).toHaveAttribute('title', /5\.2/)
  await page.keyboard.press('a')
  await expect(queuePage(page).toast('Assign to me: not possible')).toBeVisible()
  await press(page, 'p')
  const dialog = page.getByRole('dialog', { name: 'Promote to case' })
  await dialog.getByText('More', { exact: true }).click()
  await expect(dialog.getByRole('region', { name: 'Pages' })).toContainText('5.2')
  await expect(dialog.getByRole('button', { name: 'Add a page' })).toHaveCount(0)
})

test('an alert is created by hand with observables, files and fields; a twin is offered instead', async ({
  open,
}) => {
  const page = await open('plain')
  await press(page, '+')
  const dialog = page.getByRole('dialog', { name: 'Create an alert' })
  await dialog.getByLabel('Type', { exact: true }).fill('manual')
  await dialog.getByLabel('Source', { exact: true }).fill('phone')
  await dialog.getByLabel('Reference').fill('REF-000001')
  await dialog.getByLabel('Title').fill('Caller asked for a password')
  await dialog.getByLabel('Case template').selectOption('phishing')
  await dialog.getByLabel('Root cause (mandatory)').fill('Pretext')
  await dialog.getByLabel('Values, one a line').fill('198.51.100.7\nhxxp[:]//evil[.]example/x')
  await expect(dialog.getByRole('group', { name: 'What was found' }).getByRole('checkbox')).toHaveCount(2)
  await dialog
    .getByLabel('Files of the alert')
    .setInputFiles([{ name: 'call.wav', mimeType: 'audio/wav', buffer: Buffer.from('x') }])
  await expect(dialog).toContainText('Along with 2 values and 1 file')
  await dialog.getByRole('button', { name: 'Create alert' }).click()
  await expect(dialog.getByRole('button', { name: 'Open the existing alert' })).toBeVisible()
  await dialog.getByLabel('Reference').fill('call-1')
  await dialog.getByRole('button', { name: 'Create alert' }).click()
  await expect(dialog).toBeHidden()
  await expect(alertPage(page).pane).toBeVisible()
  expect(await lastCall(page, 'alerts.create')).toMatchObject({
    input: { caseTemplate: 'phishing', customFields: [{ name: 'root-cause', value: 'Pretext' }] },
    values: [
      { dataType: 'ip', data: '198.51.100.7' },
      { dataType: 'url', data: 'http://evil.example/x' },
    ],
    names: ['call.wav'],
  })
})

test('a half-written alert waits until it is created', async ({ open }) => {
  const page = await open('plain')
  await press(page, '+')
  await page.getByLabel('Title').fill('Half a thought')
  await page.keyboard.press('Escape')
  await press(page, '+')
  await expect(page.getByLabel('Title')).toHaveValue('Half a thought')
})

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

test('the organisation and the connection are switched from the top bar by keyboard', async ({ open }) => {
  const page = await open('plain')
  await press(page, 'g', 'w')
  await expect(page.getByRole('menuitem', { name: 'lab' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'lab' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Connection: soc-hive, lab' })).toBeVisible()
  await expect(queuePage(page).status).toContainText('lab')
  expect(await lastCall(page, 'profiles.switchOrganisation')).toEqual({ organisation: 'lab' })
  await page.getByRole('button', { name: /^Connection/ }).click()
  await page.getByRole('menuitem', { name: 'Sample data' }).click()
  expect(await lastCall(page, 'profiles.open')).toEqual({ id: 'p2' })
})

test('nothing waits to be sent where there is no server', async ({ open }) => {
  const page = await open('local')
  const alert = await openFirst(page)
  await alert.tab('Activity').click()
  await expect(alert.pane).toContainText('Everything is saved')
  await expect(page.getByText(/waiting to send|waits to be sent/)).toHaveCount(0)
})
