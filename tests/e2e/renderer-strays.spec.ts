import AxeBuilder from '@axe-core/playwright'
import { expect, lastCall, press, test } from './support/harness-fixture.ts'
import { picturesOf } from './support/pictures.ts'

const section = 'Files without a decision'

test('kept files that no decision speaks of are saved, or discarded after a question', async ({
  open,
}, info) => {
  const page = await open('strays')
  await press(page, 'g', 'o')
  const strays = page.getByRole('region', { name: section })
  const files = strays.getByRole('listitem')
  await expect(files).toHaveCount(3)
  await expect(files.nth(0)).toContainText('mail-from-ceo.eml')
  await picturesOf(info)(page, 'list')

  await files.nth(0).getByRole('button', { name: 'More for mail-from-ceo.eml' }).click()
  await page.getByRole('menuitem', { name: 'Save as a zip…' }).click()
  expect(await lastCall(page, 'strays.save')).toEqual({ id: 's0', as: 'zip' })
  await expect(page.getByText('its password is “malware”')).toBeVisible()

  await files
    .nth(0)
    .getByRole('button', { name: /^More for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Discard…' }).click()
  const question = page.getByRole('dialog', { name: 'Discard this file?' })
  await expect(question).toContainText('mail-from-ceo.eml')
  await question.getByRole('button', { name: 'Discard file' }).click()
  expect(await lastCall(page, 'strays.discard')).toEqual({ id: 's0' })
  await expect(files).toHaveCount(2)
})

for (const theme of ['light', 'dark'] as const)
  test(`their list has no accessibility violations, ${theme}`, async ({ open }) => {
    const page = await open('strays', theme === 'dark' ? theme : undefined)
    await press(page, 'g', 'o')
    await page.getByRole('region', { name: section }).waitFor()
    const { violations } = await new AxeBuilder({ page }).include('section.outbox').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
