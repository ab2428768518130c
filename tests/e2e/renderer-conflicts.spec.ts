import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, harness, lastCall, press, test } from './support/harness-fixture.ts'

type Resolved = { id: string; seen: object; choices: Record<string, unknown> }

const lineOf = (page: Page, index: number) => page.getByRole('listitem').nth(index)

/** Only what is in sight is in the page. */
const scrollTo = (page: Page, index: number) => lineOf(page, index).scrollIntoViewIfNeeded()

async function openConflicts(
  open: (state: 'conflicts', theme?: 'light' | 'dark') => Promise<Page>,
  theme?: 'dark',
) {
  const page = await open('conflicts', theme)
  await press(page, 'g', 'o')
  await lineOf(page, 0).waitFor()
  return page
}

test('one field: the card says who, when and what, and one button settles it', async ({ open }) => {
  const page = await openConflicts(open)
  const card = lineOf(page, 0).getByRole('group', { name: 'Conflict', exact: true })
  await expect(card.getByRole('group', { name: 'Severity' })).toContainText(
    'bo.larsen changed it 10 min ago · was Medium',
  )
  await card.getByRole('button', { name: 'Keep mine' }).click()
  expect(await lastCall<Resolved>(page, 'outbox.resolve')).toEqual({
    ...{ id: 'op-1', seen: { severity: 3 }, choices: { severity: 'mine' } },
  })
  await expect(page.getByText('3 decisions are in conflict.')).toBeVisible()
})

test('several fields, by keyboard alone: mine, words of both, theirs', async ({ open }) => {
  const page = await openConflicts(open)
  const line = lineOf(page, 1)
  const field = (name: string) => line.getByRole('group', { name, exact: true })
  await field('Title').getByRole('radio', { name: 'Mine' }).focus()
  await page.keyboard.press('Space')
  await expect(line.getByRole('status')).toHaveText('3 more to choose')
  await field('Description').getByRole('radio', { name: 'Mine' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  const words = page.getByRole('textbox', { name: 'Description, edited' })
  await expect(words).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Both are right.')
  await field('TLP').getByRole('radio', { name: 'Mine' }).focus()
  await page.keyboard.press('ArrowDown')
  await field('business-unit').getByRole('radio', { name: 'Theirs' }).focus()
  await page.keyboard.press('Space')
  await line.getByRole('button', { name: 'Settle as chosen' }).focus()
  await page.keyboard.press('Enter')
  const asked = await lastCall<Resolved>(page, 'outbox.resolve')
  expect(asked?.choices).toEqual({
    title: 'mine',
    description: { edit: 'Both are right.' },
    tlp: 'theirs',
    'customFields.business-unit': 'theirs',
  })
})

test('what is hostile is text, and what became of a text is said in words, too', async ({ open }) => {
  const page = await openConflicts(open)
  const line = lineOf(page, 1)
  await expect(line.getByRole('group', { name: 'Title', exact: true })).toContainText(
    '<img src=x onerror=alert(1)> ‹U+202E›txt.exe',
  )
  await expect(line.locator('img, script')).toHaveCount(0)
  const theirs = line.getByRole('group', { name: 'Description, theirs' })
  await expect(theirs.locator('ins').first()).toContainText('[added: ')
  await expect(theirs.locator('del').first()).toContainText('[removed: ')
  await expect(theirs).toContainText('lines unchanged')
})

test('a case of somebody else and a deletion say what each choice comes to', async ({ open }) => {
  const page = await openConflicts(open)
  const theirs = 'case #77 “Invoices of March”'
  await scrollTo(page, 1)
  await scrollTo(page, 2)
  await expect(lineOf(page, 2)).toContainText(
    `Out of ${theirs} first, then promoted to a case of its own: two steps.`,
  )
  await expect(lineOf(page, 2)).toContainText(`It stays in ${theirs}.`)
  await scrollTo(page, 3)
  await expect(lineOf(page, 3)).toContainText('Deleting it loses what is new.')
  await lineOf(page, 3).getByRole('button', { name: 'Leave it there' }).click()
  expect((await lastCall<Resolved>(page, 'outbox.resolve'))?.choices).toEqual({
    tags: 'theirs',
    assignee: 'theirs',
  })
})

test('all of them at once, after saying what that comes to', async ({ open }) => {
  const page = await openConflicts(open)
  const many = page.getByRole('group', { name: 'All conflicts' })
  await many.getByRole('button', { name: 'Keep all mine…' }).click()
  await expect(many).toContainText('Send yours over theirs in 4 decisions?')
  await expect(many).toContainText('and 1 thing is deleted all the same')
  expect(await lastCall(page, 'outbox.resolveMany')).toBeUndefined()
  await many.getByRole('button', { name: 'Keep mine in 4 decisions' }).click()
  await expect(page.getByText('Nothing waits')).toBeVisible()
  const asked = await lastCall<{ take: string; conflicts: Resolved[] }>(page, 'outbox.resolveMany')
  expect(asked?.take).toBe('mine')
  expect(asked?.conflicts.map(({ id }) => id)).toEqual(['op-1', 'op-2', 'op-3', 'op-4'])
})

test('what could not be settled with the others is told until it was read', async ({ open }) => {
  const page = await openConflicts(open)
  await harness(page, ({ state }) => state.stubborn.add('op-4'))
  const many = page.getByRole('group', { name: 'All conflicts' })
  await many.getByRole('button', { name: 'Keep all mine…' }).click()
  await many.getByRole('button', { name: 'Keep mine in 4 decisions' }).click()
  await expect(many).toBeHidden()
  const outcome = page.getByText('3 settled, 1 left: The server has something else by now.')
  await expect(outcome).toBeVisible()
  await page.getByRole('button', { name: 'I have read this' }).click()
  await expect(outcome).toBeHidden()
})

for (const theme of ['light', 'dark'] as const)
  test(`the cards have no accessibility violations, ${theme}`, async ({ open }) => {
    const page = await openConflicts(open, theme === 'dark' ? theme : undefined)
    await lineOf(page, 1).getByRole('radio', { name: 'Edit' }).nth(1).check()
    const { violations } = await new AxeBuilder({ page }).include('section.outbox').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
