import { expect, harness, lastCall, openFirst, press, test } from './support/harness-fixture.ts'
import { alertPage } from './support/pages/alert-page.ts'
import { queuePage } from './support/pages/queue-page.ts'

const file = (name: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('x') })

test('custom fields of every type are edited by keyboard, and the full set is stored', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await page.keyboard.press('e')
  const form = page.getByRole('form', { name: 'Edit custom fields' })
  await expect(form.getByRole('combobox', { name: 'Business unit' })).toBeFocused()
  await form.getByRole('combobox', { name: 'Business unit' }).selectOption('Plant')
  await form.getByRole('textbox', { name: 'Hosts affected' }).fill('four')
  await expect(form.getByText('A whole number, without a point')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Save fields' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Hosts affected' }).fill('4')
  await form.getByLabel('Add a custom field').selectOption('contained')
  await form.getByLabel('Contained', { exact: true }).selectOption('Yes')
  await page.keyboard.press('Control+Enter')
  await expect(alert.fields).toContainText('Plant')
  await expect(alert.fields).toContainText('Contained')
  const { change } = (await lastCall<{ change: { customFields: { name: string; value: unknown }[] } }>(
    page,
    'triage.update',
  )) ?? { change: { customFields: [] } }
  expect(Object.fromEntries(change.customFields.map(({ name, value }) => [name, value]))).toMatchObject({
    ...{ 'business-unit': 'Plant', 'hosts-affected': 4, contained: true },
    ticket: 'https://desk.example/t/4711',
  })
})

test('fields saved as they were queue nothing', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await page.keyboard.press('e')
  const form = page.getByRole('form', { name: 'Edit custom fields' })
  await form.getByRole('textbox', { name: 'Hosts affected' }).fill('77')
  await form.getByRole('textbox', { name: 'Hosts affected' }).fill('2')
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  await expect(alert.fields).toBeVisible()
  expect(await lastCall(page, 'triage.update')).toBeUndefined()
})

test('fields half edited wait for the look at another alert to end', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Hosts affected' }).fill('77')
  await queuePage(page).rows.nth(1).click()
  await expect(alert.title).not.toHaveText(/#1$/)
  await queuePage(page).rows.first().click()
  await alert.tab('Fields').click()
  await expect(page.getByRole('textbox', { name: 'Hosts affected' })).toHaveValue('77')
})

test('a TTP is found offline, and its tactic asked only where there are several', async ({ open }) => {
  const page = await open('offline')
  const alert = await openFirst(page)
  await page.keyboard.press('t')
  await alert.pane.getByRole('button', { name: 'Add TTP' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a TTP' })
  await page.keyboard.type('brute')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Brute Force')).toBeVisible()
  await expect(dialog.getByLabel('Tactic')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Change' }).click()
  await dialog.getByRole('combobox').fill('T1078')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Tactic')).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Add TTP' })).toBeDisabled()
  await dialog.getByLabel('Tactic').selectOption('persistence')
  await dialog.getByRole('button', { name: 'Add TTP' }).click()
  await expect(alert.procedures.last()).toContainText('Valid Accounts')
  await expect(alert.procedures.last()).toContainText('Persistence')
  await expect(alert.procedures.last()).toContainText('waiting to send')
  await alert.procedures.last().getByRole('button', { name: 'Delete T1078' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete TTP' }).click()
  await expect(alert.procedures).toHaveCount(2)
})

test('one’s own notes are edited and deleted, those of others only read', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await alert.tab('Comments').click()
  await expect(alert.comments).toHaveCount(2)
  await expect(alert.comments.last().getByRole('button')).toHaveCount(0)
  const own = alert.comments.first()
  await own.getByRole('button', { name: 'Edit this note' }).click()
  await own.getByRole('textbox').fill('Called the plant twice.')
  await page.keyboard.press('Control+Enter')
  await expect(own).toContainText('Called the plant twice.')
  await own.getByRole('button', { name: 'Delete this note' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this note?' })
  await expect(dialog).toContainText('Called the plant twice.')
  await dialog.getByRole('button', { name: 'Delete note' }).click()
  await expect(alert.comments).toHaveCount(1)
})

test('files join as attachments or as observables, as the analyst says', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await alert.tab('Attachments').click()
  await expect(alert.attachments).toHaveCount(1)
  await expect(alert.attachments.first()).toContainText('482 kB')
  await alert.pane.getByLabel('Files to attach').setInputFiles([file('memo.pdf')])
  await page.getByRole('dialog').getByRole('button', { name: 'Add 1 file' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(alert.attachments.last()).toContainText('memo.pdf')
  await alert.pane.getByLabel('Files to attach').setInputFiles([file('sample.zip')])
  const dialog = page.getByRole('dialog', { name: 'Add 1 file' })
  await dialog.getByText('Observables', { exact: true }).click()
  await dialog.getByLabel(/The server unpacks/).check()
  await dialog.getByLabel(/Password of the archives/).fill('infected')
  await dialog.getByRole('button', { name: 'Add 1 file' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await lastCall(page, 'triage.addFiles')).toMatchObject({ zip: { password: 'infected' } })
})

test('several observables are changed together; what they do not share is left alone', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await page.keyboard.press('o')
  await alert.observables.nth(0).getByRole('checkbox').click()
  await alert.observables.nth(1).getByRole('checkbox').click()
  await expect(alert.observables.nth(1).getByRole('checkbox')).toBeChecked()
  await alert.pane.getByRole('button', { name: 'Edit…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit 2 observables' })
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await dialog.getByText('AMBER+STRICT').click()
  await dialog.getByLabel('Ignore for similarity').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(alert.observables.nth(0)).toContainText('TLP:AMBER+STRICT')
  await expect(alert.observables.nth(2)).not.toContainText('TLP:AMBER+STRICT')
  const asked = await lastCall<{ change: object }>(page, 'triage.updateObservables')
  expect(asked?.change).toEqual({ tlp: 'amber-strict', ignoreSimilarity: true })
})

test('an attached file is saved, and says where', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await alert.tab('Attachments').click()
  await alert.attachments.first().getByRole('button', { name: /^Save/ }).click()
  await expect(queuePage(page).toast('/home/ana/report.pdf')).toBeVisible()
  expect(await lastCall(page, 'attachments.save')).toMatchObject({ attachmentId: expect.any(String) })
})

test('an observable’s file is saved under a password, and says where', async ({ open }) => {
  const page = await open('plain')
  const alert = alertPage(page)
  await queuePage(page).rows.nth(5).click()
  await page.keyboard.press('o')
  await alert.pane.getByRole('button', { name: 'More for invoice_0921.xlsm' }).click()
  await page.getByRole('menuitem', { name: 'Save as a zip…' }).click()
  await expect(queuePage(page).toast('/home/ana/invoice.zip')).toContainText('its password is “malware”')
  expect(await lastCall(page, 'observables.save')).toMatchObject({ as: 'zip' })
})

test('what is similar is asked when looked at, and its absence offline explained', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  expect(await lastCall(page, 'alerts.similar')).toBeUndefined()
  await page.keyboard.press('i')
  const cases = alert.pane.getByRole('region', { name: 'Similar cases' })
  await expect(cases).toContainText('shares 5 observables, 1 IOC')
  await cases.getByRole('button', { name: 'Merge into #114' }).click()
  await expect(queuePage(page).toast('Merged into case #114')).toBeVisible()
  await open('offline')
  await openFirst(page)
  await page.keyboard.press('i')
  await expect(alert.pane).toContainText('The server is out of reach')
})

test('unlinking says what stays in the case', async ({ open }) => {
  const page = await open('plain')
  await queuePage(page).view('Imported').click()
  const alert = await openFirst(page)
  await (await alert.more('Unlink from its case')).click()
  const dialog = page.getByRole('dialog', { name: 'Unlink from case #114?' })
  await expect(dialog).toContainText('What was copied into case #114 stays there')
  await dialog.getByRole('button', { name: 'Unlink' }).click()
  await expect(queuePage(page).toast('Unlinked from case #114')).toBeVisible()
})

test('what the server says is gone stays, and says so', async ({ open }) => {
  const page = await open('gone')
  const alert = await openFirst(page)
  await expect(alert.pane.getByRole('note')).toContainText('Gone or hidden on the server')
  await expect(alert.title).toBeVisible()
})

test('every tag of the open alert is read in full', async ({ open }) => {
  const page = await open('plain')
  const long =
    'campaign:a-very-long-name-that-no-row-of-the-queue-could-ever-show-in-full-beside-an-open-alert'
  const alert = await openFirst(page)
  await press(page, 'l')
  await page.getByRole('dialog').getByRole('textbox').fill(long)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save tags' }).click()
  const tag = alert.pane.getByRole('list', { name: 'Tags' }).getByText(long)
  await expect(tag).toBeVisible()
  expect(await tag.evaluate((node) => node.scrollWidth <= node.clientWidth || node.clientWidth === 0)).toBe(
    true,
  )
})

test('TLP and PAP of several are set at once, by meaning; where they differ nothing is chosen', async ({
  open,
}) => {
  const page = await open('plain')
  await press(page, 'x', 'j', 'Shift+X', 'Shift+V')
  const dialog = page.getByRole('dialog', { name: 'Markings of 2 alerts' })
  const tlp = dialog.getByRole('group', { name: 'TLP' })
  await expect(tlp.getByRole('radio', { checked: true })).toHaveCount(0)
  await tlp.getByText('RED').click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(queuePage(page).toast('Changed the markings of 2 alerts')).toBeVisible()
  expect((await lastCall<{ change: object }>(page, 'triage.update'))?.change).toEqual({ tlp: 'red' })
})

test('a tag that stands twice on an alert is shown twice, and its dialog opens', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await queue.rows.first().waitFor()
  await harness(page, ({ state, arrive }) => {
    state.rows = state.rows.map((row) => ({ ...row, tags: ['vpn', 'vpn'] }))
    arrive(0)
  })
  await expect(queue.rows.first()).toContainText('vpn')
  const alert = await openFirst(page)
  await expect(alert.pane.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveCount(2)
  await page.keyboard.press('l')
  await expect(queue.dialog(/^Tags of/)).toContainText('vpn')
})

test('values go to the alert that the dialog names, and no key acts beneath it', async ({ open }) => {
  const page = await open('slow')
  const queue = queuePage(page)
  const alert = await openFirst(page)
  const title = (await alert.title.textContent())?.trim() ?? ''
  await alert.tab('Observables').click()
  await alert.pane.getByRole('button', { name: 'Add values' }).click()
  const dialog = queue.dialog('Add values')
  await dialog.getByRole('textbox', { name: 'Values, one a line' }).fill('198.51.100.9')
  await dialog.getByRole('button', { name: 'Add 1 value' }).click()
  await press(page, 'j', 'a', 's')
  await expect(dialog).toContainText(title)
  await expect(queue.toast('Added 1 observable')).toBeVisible()
  await expect(alert.title).toHaveText(title)
  expect(await lastCall(page, 'triage.addValues')).toMatchObject({ id: '~1000001' })
  expect(await lastCall(page, 'triage.update')).toBeUndefined()
})

test('a note that is being changed keeps what was typed when it is sent meanwhile', async ({ open }) => {
  const page = await open('plain')
  const alert = await openFirst(page)
  await press(page, 'n')
  await alert.note.fill('Call back on Monday')
  await page.keyboard.press('Control+Enter')
  const own = alert.comments.filter({ hasText: 'Call back on Monday' })
  await own.getByRole('button', { name: 'Edit this note' }).click()
  const box = alert.pane.getByRole('textbox', { name: 'Edit the note' })
  await box.fill('Call back on Tuesday')
  await harness(page, ({ state, arrive }) => {
    const { patches } = state
    state.patches = patches.map((one) => ({
      ...one,
      patch: (detail) => {
        const { comments, ...rest } = one.patch(detail)
        return {
          ...rest,
          comments: comments.map((note) => ({ ...note, id: note.id.replace(/^local:/, '~') })),
        }
      },
    }))
    arrive(0)
  })
  await expect(own.getByText('not sent yet')).toBeHidden()
  await expect(box).toHaveValue('Call back on Tuesday')
  await expect(box).toBeFocused()
})
