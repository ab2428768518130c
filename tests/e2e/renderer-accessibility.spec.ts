import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { HarnessState } from '../support/renderer-harness/fake-state.ts'
import { expect, openFirst, press, test } from './support/harness-fixture.ts'
import { outboxPage } from './support/pages/outbox-page.ts'

const screens: { name: string; state: HarnessState; show: (page: Page) => Promise<unknown> }[] = [
  { name: 'welcome', state: 'welcome', show: (page) => page.getByText('Opened before').waitFor() },
  { name: 'vault', state: 'vault', show: (page) => page.getByLabel('Passphrase again').waitFor() },
  { name: 'queue while filling', state: 'fill', show: (page) => page.getByText('Copying alerts').waitFor() },
  { name: 'queue offline', state: 'offline', show: (page) => openFirst(page) },
  { name: 'queue empty', state: 'empty', show: (page) => page.getByText('No alerts yet').waitFor() },
  { name: 'alert', state: 'plain', show: (page) => openFirst(page) },
  {
    name: 'observables',
    state: 'plain',
    show: (page) => openFirst(page).then(() => page.keyboard.press('o')),
  },
  { name: 'chosen observables', state: 'plain', show: (page) => showTab(page, 'Observables', 'Select') },
  { name: 'fields being edited', state: 'mandatory', show: (page) => showTab(page, 'Fields', 'Edit fields') },
  { name: 'a new TTP', state: 'plain', show: (page) => showTab(page, 'TTPs', 'Add TTP') },
  {
    name: 'a note being edited',
    state: 'plain',
    show: (page) => showTab(page, 'Comments', 'Edit this note'),
  },
  { name: 'attachments', state: 'plain', show: (page) => showTab(page, 'Attachments') },
  { name: 'similar', state: 'plain', show: (page) => showTab(page, 'Similar') },
  { name: 'gone', state: 'gone', show: (page) => openFirst(page) },
  { name: 'TheHive 3', state: 'th3', show: (page) => openFirst(page) },
  { name: 'more actions', state: 'plain', show: (page) => showTab(page, 'Description', 'More actions') },
  { name: 'markings', state: 'plain', show: (page) => press(page, 'Shift+V') },
  { name: 'delete', state: 'plain', show: (page) => press(page, '#') },
  { name: 'connections', state: 'plain', show: (page) => press(page, 'g', 'w') },
  { name: 'a case', state: 'plain', show: (page) => openCase(page) },
  { name: 'closing a case', state: 'plain', show: (page) => openCase(page, 'c') },
  { name: 'editing a case', state: 'plain', show: (page) => openCase(page, 'Shift+E') },
  { name: 'close picker', state: 'plain', show: (page) => press(page, 'c') },
  { name: 'promote', state: 'plain', show: (page) => press(page, 'p') },
  { name: 'merge', state: 'plain', show: (page) => press(page, 'm') },
  { name: 'palette', state: 'plain', show: (page) => press(page, 'Control+k') },
  {
    name: 'keys',
    state: 'plain',
    show: (page) => press(page, '?').then(() => page.getByRole('dialog', { name: 'Keys' }).waitFor()),
  },
  { name: 'create', state: 'plain', show: (page) => press(page, '+') },
  { name: 'outbox', state: 'outbox', show: (page) => showOutbox(page) },
  { name: 'exporting it', state: 'outbox', show: (page) => fileDialog(page, 'Export the outbox') },
  { name: 'importing one', state: 'outbox', show: (page) => fileDialog(page, 'Import an outbox') },
]

/** One row of the queue is like another, and forty of them take longer than all the rest of a screen. */
const fartherRows = '.queue-row:not([aria-posinset="1"], [aria-posinset="2"], [aria-posinset="3"])'

async function showTab(page: Page, tab: string, button?: string): Promise<void> {
  const { pane } = await openFirst(page)
  await pane.getByRole('tab', { name: tab }).click()
  if (button === 'Select') await pane.getByRole('checkbox').first().click()
  else if (button !== undefined) await pane.getByRole('button', { name: button }).first().click()
}

async function fileDialog(page: Page, item: string): Promise<void> {
  await press(page, 'g', 'o')
  await page.getByRole('button', { name: 'More for the outbox' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('dialog').waitFor()
}

/** Its end, with lines of every state. Lines come into the page near the sight only, and are hidden until they are measured. */
async function showOutbox(page: Page): Promise<void> {
  await press(page, 'g', 'o')
  const outbox = outboxPage(page)
  await outbox.part('Needs you').getByRole('listitem').last().waitFor()
  await outbox.screen.locator('.port').evaluate((port) => port.scrollTo(0, port.scrollHeight))
  for (const part of ['Needs you', 'Waiting to be sent'] as const)
    for (const line of await outbox.part(part).getByRole('listitem').all()) await line.waitFor()
  await outbox.part('Waiting to be sent').getByRole('listitem').nth(4).waitFor()
}

async function openCase(page: Page, key?: string): Promise<void> {
  await press(page, 'g', 'c')
  await page.getByRole('listbox', { name: 'Cases' }).getByRole('option').first().click()
  await page.getByRole('complementary', { name: 'Case' }).getByRole('heading', { level: 2 }).waitFor()
  if (key === undefined) return
  await page.getByRole('complementary', { name: 'Case' }).click({ position: { x: 5, y: 5 } })
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
}

/** `ready`: axe is in the page already. Fails when there is something serious, and when contrast was not looked at. */
async function expectNothingSerious(page: Page, what: string, looked?: 'ready'): Promise<void> {
  const axe = new AxeBuilder({ page, ...(looked === 'ready' && { axeSource: 'void 0' }) })
    // Every node of what is right would be described as well, which takes longer than finding what is wrong.
    .options({ resultTypes: ['violations'] })
    .exclude(fartherRows)
    // There are no frames of another origin, for which a page more would be opened each time.
    .setLegacyMode()
  // The theme changes colours and nothing else.
  const { violations, passes } = await (looked === 'ready' ? axe.withRules('color-contrast') : axe).analyze()
  expect(passes.map((one) => one.id)).toContain('color-contrast')
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
  const said = serious.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
  expect.soft(said, what).toEqual([])
}

test('nothing serious stands in the way of assistive technology, light and dark', async ({ open }) => {
  test.setTimeout(480_000)
  for (const { name, state, show } of screens)
    await test.step(name, async () => {
      const page = await open(state)
      await show(page)
      await expect(page.getByText('Something went wrong inside Forager')).toHaveCount(0)
      await expectNothingSerious(page, name)
      await page.emulateMedia({ colorScheme: 'dark' })
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
      await expectNothingSerious(page, `${name}, dark`, 'ready')
    })
})
