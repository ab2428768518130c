import { expect, lastCall, press, test } from './support/harness-fixture.ts'
import { picturesOf } from './support/pictures.ts'

test('a recovery key is made in the settings, shown once, and kept before it goes', async ({ open }) => {
  const page = await open('plain')
  await press(page, 'g', ',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByText('There is none yet.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Make a recovery key' }).click()

  const code = dialog.getByRole('status', { name: 'Recovery key', exact: true })
  const groups = (await code.locator('span').allTextContents()).map((group) => group.trim())
  expect(groups).toHaveLength(7)
  const done = dialog.getByRole('button', { name: 'I have kept it' })
  await expect(done).toBeDisabled()
  await dialog.getByLabel('Its last four characters').fill('0000')
  await expect(done).toBeDisabled()
  await dialog.getByLabel('Its last four characters').fill((groups.at(-1) ?? '').toLowerCase())
  await done.click()
  await expect(code).toBeHidden()
  await expect(dialog.getByRole('button', { name: 'Make a new one' })).toBeVisible()
  expect(await page.content()).not.toContain(groups[2])
})

test('an outbox of which nothing can be read is told, and begun anew only once that was confirmed', async ({
  open,
}, info) => {
  const page = await open('unreadable')
  await page.getByRole('button', { name: 'Open soc-hive' }).click()
  await expect(page.getByRole('alert')).toContainText('The file of your decisions cannot be read')
  const begin = page.getByRole('button', { name: 'Begin with an empty outbox…' })
  await picturesOf(info)(page, 'outbox-unreadable')
  await begin.click()
  const dialog = page.getByRole('dialog', { name: 'Begin with an empty outbox?' })
  await expect(dialog).toContainText('soc-hive')
  await picturesOf(info)(page, 'begin-anew')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect((await lastCall<{ beginAnew?: boolean }>(page, 'profiles.open'))?.beginAnew).toBeUndefined()
  await begin.click()
  await dialog.getByRole('button', { name: 'Begin an empty one' }).click()
  await expect(page.getByRole('listbox', { name: 'Alerts' })).toBeVisible()
  await expect(dialog).toBeHidden()
})

test('a recovery key that was seen but not kept is said to open nothing', async ({ open }) => {
  const page = await open('plain')
  await press(page, 'g', ',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('button', { name: 'Make a recovery key' }).click()
  await expect(dialog.getByRole('status', { name: 'Recovery key', exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('The new recovery key was not kept')).toBeVisible()
  await press(page, 'g', ',')
  await expect(dialog.getByText('There is none yet.')).toBeVisible()
})

test('a connection whose key is lost asks for the recovery key, says what is wrong with one, and opens', async ({
  open,
}) => {
  const page = await open('keyless')
  await page.getByRole('button', { name: 'Open soc-hive' }).click()
  const form = page.getByRole('form', { name: 'Open with the recovery key' })
  await form.getByLabel('Recovery key').fill('7QX2-M0KD')
  await form.getByRole('button', { name: 'Open' }).click()
  await expect(form.getByRole('alert')).toContainText('a character is wrong or missing')
  await form.getByLabel('Recovery key').fill('7QX2-M0KD-W9TB-3HRN-5CVA-E8JZ-4P6G')
  await form.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('listbox', { name: 'Alerts' })).toBeVisible()
})
