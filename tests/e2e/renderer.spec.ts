import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { HarnessState } from '../support/renderer-harness/fake-state.ts'
import { expect, harness, openFirst, press, test } from './support/harness-fixture.ts'
import { alertPage, alertTabs } from './support/pages/alert-page.ts'
import { connectPage } from './support/pages/connect-page.ts'
import { outboxPage } from './support/pages/outbox-page.ts'
import { queuePage } from './support/pages/queue-page.ts'

test('a hundred thousand rows scroll from end to end without a blank one', async ({ open }) => {
  const page = await open('100k')
  const queue = queuePage(page)
  await expect(queue.status).toContainText(/of 8\d,\d{3}/)
  const height = await queue.list.evaluate((list) => list.scrollHeight)
  for (let step = 1; step <= 8; step += 1) {
    await queue.list.evaluate((list, top) => list.scrollTo(0, top), (height / 8) * step)
    await expect
      .poll(() => queue.list.evaluate(visibleRows), { message: `at ${step} eighths of the list` })
      .toMatchObject({ blank: 0, covered: true })
  }
  await page.keyboard.press('End')
  const total = await queue.rows.last().getAttribute('aria-setsize')
  expect(await queue.rows.last().getAttribute('aria-posinset')).toBe(total)
})

/** Rows in sight that have no title, and whether rows fill the whole port. */
function visibleRows(list: Element) {
  const port = list.getBoundingClientRect()
  const rows = [...list.querySelectorAll('[role=option]')].filter((row) => {
    const box = row.getBoundingClientRect()
    return box.bottom > port.top && box.top < port.bottom
  })
  const filled = rows.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0)
  return {
    blank: rows.filter((row) => row.querySelector('.title')?.textContent === undefined).length,
    covered: filled >= port.height,
  }
}

test('hostile text is shown as text: no script runs, nothing is fetched, nothing can be followed', async ({
  open,
  page,
  harnessUrl,
}) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(harnessUrl) && !request.url().startsWith('data:')) asked.push(request.url())
  })
  await open('hostile')
  const queue = queuePage(page)
  const alert = alertPage(page)
  await expect(queue.rows.first()).toContainText('<img src=x onerror')
  await queue.rows.first().click()
  for (const name of alertTabs) {
    await alert.tab(name).click()
    expect(await alert.pane.locator('a, img, iframe, script, style, form, object, video').count()).toBe(0)
  }
  await alert.tab('Description').click()
  await expect(alert.pane).toContainText('Remote image blocked: evil[.]example')
  await expect(alert.pane).toContainText('javascript:window[.]pwned=true')
  expect(await page.evaluate('window.pwned')).toBeUndefined()
  expect(asked).toEqual([])
})

test('a direction mark in a title cannot disguise it', async ({ open }) => {
  const queue = queuePage(await open('hostile'))
  await expect(queue.rows.nth(4)).toContainText('‹U+202E›gpj.exe')
})

test('the list does not move when alerts arrive, until the analyst lets them in', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await expect(queue.rows.first()).toBeVisible()
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('j')
  const shown = () =>
    queue.list.evaluate((list) => {
      const { top, bottom } = list.getBoundingClientRect()
      const rows = [...list.querySelectorAll('[role=option]')].map((row) => ({
        y: row.getBoundingClientRect().y,
        title: row.querySelector('.title')?.textContent,
      }))
      return rows.filter(({ y }) => y > top && y < bottom).sort((a, b) => a.y - b.y)
    })
  const before = await shown()
  const current = await queue.current()
  await harness(page, (one) => one.arrive(12))
  await expect(queue.newPill).toContainText('12 new')
  expect(await shown()).toEqual(before)
  expect(await queue.current()).toBe(current)
  await page.keyboard.press('.')
  await expect(queue.newPill).toBeHidden()
  await expect(queue.row('Arrived 12')).toBeVisible()
})

test('an alert is triaged by keyboard alone, and Z takes the last decision back', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  await expect(queue.rows.first()).toBeVisible()
  const first = (await queue.rows.first().getAttribute('aria-label')) ?? ''
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await expect(queue.selection).toContainText('3 alerts selected')
  await page.keyboard.press('c')
  await page.keyboard.press('1')
  await expect(queue.toast('Closed 3 alerts as Ignored')).toBeVisible()
  await expect(queue.row(first)).toBeHidden()
  await expect(queue.status).toContainText('3 waiting to send')
  await page.keyboard.press('z')
  await expect(queue.row(first)).toBeVisible()
  await expect(queue.status).toContainText('nothing waits to be sent')
  expect(await queue.rows.first().getAttribute('aria-label')).toBe(first)
})

test('deciding on the open alert opens the next one; stepping opens neighbours; Escape goes back', async ({
  open,
}) => {
  const page = await open('plain')
  const queue = queuePage(page)
  const alert = alertPage(page)
  await expect(queue.rows.first()).toBeVisible()
  const titles = await queue.rows.evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('aria-label') ?? ''),
  )
  await page.keyboard.press('Enter')
  await expect(alert.title).toHaveText(titles[0] ?? '')
  await page.keyboard.press('j')
  await expect(alert.title).toHaveText(titles[1] ?? '')
  await page.keyboard.press('p')
  await queue.dialog('Promote to case').getByLabel('Case template').selectOption('phishing')
  await queue.dialog('Promote to case').getByRole('button', { name: 'Promote' }).click()
  await expect(alert.title).toHaveText(titles[2] ?? '')
  await page.keyboard.press('Escape')
  await expect(alert.pane).toBeHidden()
  expect(await queue.current()).toBe(titles[2])
})

test('a half-typed note outlives a look at another alert', async ({ open }) => {
  const page = await open('plain')
  const alert = alertPage(page)
  await queuePage(page).rows.first().click()
  await page.keyboard.press('n')
  await page.keyboard.type('Call back on Mon')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(alert.title).not.toHaveText(/#1$/)
  await page.keyboard.press('k')
  await page.keyboard.press('n')
  await expect(alert.note).toHaveValue('Call back on Mon')
})

test('a title being edited stays with its alert when another one is opened', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  const alert = alertPage(page)
  const field = alert.pane.getByRole('textbox', { name: 'Title' })
  await queue.rows.first().click()
  await alert.pane.getByRole('button', { name: 'Edit the title' }).click()
  await field.fill('Half a new tit')
  await queue.rows.nth(1).click()
  await expect(field).toBeHidden()
  await queue.rows.first().click()
  await expect(field).toHaveValue('Half a new tit')
  await field.press('Enter')
  await expect(queue.rows.first()).toHaveAccessibleName('Half a new tit')
})

test('a note sent twice in haste is written once', async ({ open }) => {
  const page = await open('plain')
  await queuePage(page).rows.first().click()
  await page.keyboard.press('n')
  await page.keyboard.type('Once')
  await page.evaluate(() => {
    const press = () =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
      )
    press()
    press()
  })
  await expect(alertPage(page).note).toHaveValue('')
  expect(await harness(page, (one) => one.called('triage.comment').length)).toBe(1)
})

test('an action that is not allowed says why and does nothing', async ({ open }) => {
  const page = await open('readonly')
  const queue = queuePage(page)
  await queue.rows.first().click()
  await expect(alertPage(page).action('Close')).toHaveAttribute('title', /licence has expired/)
  await page.keyboard.press('c')
  await alertPage(page).action('Promote').click({ force: true })
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a refused connection says what happened, what was done and what to do', async ({ open }) => {
  const connect = connectPage(await open('welcome'))
  await connect.choice('Connect to TheHive').click()
  await connect.url.fill('https://wrong.example')
  await connect.apiKey.fill('x')
  await connect.test.click()
  await expect(connect.problem).toContainText('Nothing answers at https://wrong.example.')
  await expect(connect.problem).toContainText('Nothing was stored.')
  await connect.url.fill('https://soc-hive.example')
  await expect(connect.problem).toBeHidden()
})

test('dropping a decision asks first', async ({ open }) => {
  const page = await open('outbox')
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  const outbox = outboxPage(page)
  const line = outbox.part('Needs you').getByRole('listitem', { name: 'Add 2 observables' })
  await line.getByRole('button', { name: 'Drop…' }).click()
  expect(await harness(page, (one) => one.called('outbox.drop').length)).toBe(0)
  await line.getByRole('button', { name: 'Drop it' }).click()
  await expect(line).toBeHidden()
})

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

/** Every colour has arrived: they change within 1 ms, but each nested one only after what it is in. */
function allInPlace(): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (document.getAnimations().length === 0) done()
      else requestAnimationFrame(look)
    }
    look()
  })
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
      await page.evaluate(allInPlace)
      await expectNothingSerious(page, `${name}, dark`, 'ready')
    })
})
