import { expect, lastCall, openFirst, press, test } from './support/harness-fixture.ts'
import { queuePage } from './support/pages/queue-page.ts'

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

test('nothing waits to be sent where there is no server', async ({ open }) => {
  const page = await open('local')
  const alert = await openFirst(page)
  await alert.tab('Activity').click()
  await expect(alert.pane).toContainText('Everything is saved')
  await expect(page.getByText(/waiting to send|waits to be sent/)).toHaveCount(0)
})
