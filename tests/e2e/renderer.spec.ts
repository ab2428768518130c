import { expect, harness, test } from './support/harness-fixture.ts'
import { alertPage, alertTabs } from './support/pages/alert-page.ts'
import { connectPage } from './support/pages/connect-page.ts'
import { outboxPage } from './support/pages/outbox-page.ts'
import { queuePage } from './support/pages/queue-page.ts'
import { picturesOf } from './support/pictures.ts'

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

test('far down the queue, too, the open alert is the one under the cursor and the one that is decided', async ({
  open,
}) => {
  const page = await open('plain')
  const queue = queuePage(page)
  const alert = alertPage(page)
  await queue.rows.nth(1).click()
  await page.keyboard.press('End')
  await expect(alert.title).toHaveText('Brute force on VPN from one network #5000')
  await page.keyboard.press('Home')
  for (let pages = 0; pages < 8; pages += 1) await page.keyboard.press('PageDown')
  await page.keyboard.press('a')
  await expect(queue.toast('Assigned 1 alert to me')).toBeVisible()
  await expect(alert.title).toHaveText((await queue.current()) ?? '')
  const [asked] = await harness(page, (one) => one.called('triage.update') as { ids: string[] }[])
  const at = await queue.list.getAttribute('aria-activedescendant')
  expect(asked?.ids).toEqual([`~${1_000_000 + Number(at?.replace('row-', ''))}`])
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

test('a proxy that is named has a user name and a password of its own', async ({ open }, info) => {
  const page = await open('welcome')
  const connect = connectPage(page)
  await connect.choice('Connect to TheHive').click()
  await connect.url.fill('https://soc-hive.example')
  await connect.apiKey.fill('good-key')
  await connect.form.getByText('Advanced').click()
  const password = connect.form.getByLabel('Proxy password')
  await expect(password).toBeHidden()
  await connect.form.getByLabel('Proxy', { exact: true }).fill('http://proxy.example:3128')
  await connect.form.getByLabel('Proxy user name').fill('ana')
  await password.fill('pass word ')
  await expect(password).toHaveAttribute('type', 'password')
  await connect.test.click()
  await expect(page.getByText('ana').first()).toBeVisible()
  await picturesOf(info)(page, 'proxy')
  expect(await harness(page, (one) => one.called('profiles.test'))).toMatchObject([
    {
      endpoint: { url: 'https://soc-hive.example', proxy: 'http://proxy.example:3128' },
      proxyLogin: { user: 'ana', password: 'pass word ' },
    },
  ])
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

test('what was shown when it was taken along, and what is shown now, are two views', async ({ open }) => {
  const page = await open('plain')
  const queue = queuePage(page)
  const dialog = queue.dialog('Take along')
  const offer = async (query: string) => {
    await queue.query.fill(query)
    await queue.query.press('Enter')
    await queue.rows.first().click()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
  }
  await offer('tag:vpn')
  await dialog.getByRole('checkbox', { name: 'Inbox' }).uncheck()
  await dialog.getByRole('checkbox', { name: 'What is shown now' }).check()
  await dialog.getByRole('button', { name: 'Take along' }).click()
  await page.keyboard.press('Escape')
  await offer('source:siem')
  await expect(dialog.getByRole('checkbox', { name: 'tag:vpn' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: 'What is shown now' })).not.toBeChecked()
})
