import { expect, harness, lastCall, openFirst, press, test } from './support/harness-fixture.ts'
import { alertPage } from './support/pages/alert-page.ts'
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
