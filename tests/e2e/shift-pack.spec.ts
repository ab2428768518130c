import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'
import type { HiveProcess } from './support/hive-process.ts'
import { picturesOf } from './support/pictures.ts'

let hive: HiveProcess

test.beforeEach(async () => {
  hive = await startHiveProcess(60)
})

test.afterEach(() => hive.stop())

test('what is taken along is there when the server is not', async ({ app }, info) => {
  test.setTimeout(180_000)
  const desk = deskOf(app.page)
  await desk.connect(hive.url, 'ana-key')
  await expect(desk.status).toContainText('synced', { timeout: 60_000 })
  const [alert] = await hive.query<{ _id: string; title: string }[]>([
    { _name: 'listAlert' },
    { _name: 'filter', _eq: { _field: 'status', _value: 'New' } },
    { _name: 'sort', _fields: [{ date: 'desc' }] },
  ])
  const said = await fetch(`${hive.url}/api/v1/alert/${alert!._id}/comment`, {
    method: 'POST',
    headers: { authorization: 'Bearer ben-key', 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'Ben saw it on the gateway too' }),
  })
  expect(said.ok).toBe(true)

  await test.step('choose and take along', async () => {
    await app.page.keyboard.press('g')
    await app.page.keyboard.press('p')
    const box = desk.dialog('Take along')
    await box.getByText('Any age').click()
    await expect(box.getByRole('checkbox', { name: 'Inbox' })).toBeChecked()
    await expect(box.getByRole('radio', { name: 'None' })).toBeChecked()
    await box.getByText('Up to 10 MB').click()
    await box.getByRole('button', { name: 'Take along' }).click()
    await expect(box.getByRole('status')).toHaveText('Ready for offline', { timeout: 90_000 })
    await expect(box.getByRole('region', { name: 'Readiness' })).toContainText(/· (\d+) of \1 files?/)
    await picturesOf(info)(app.page, 'ready')
    await app.page.keyboard.press('Escape')
    await expect(desk.status).toContainText('ready for offline')
  })

  await test.step('the server stops', async () => {
    await hive.goOffline()
    await expect(desk.status).toContainText('Offline', { timeout: 60_000 })
    await expect(desk.status).toContainText('next try')
  })

  await test.step('an alert nobody opened has its comments and what is similar', async () => {
    await desk.openTitled(alert!.title)
    await desk.alert.tab('Comments').click()
    await expect(desk.alert.comments.filter({ hasText: 'Ben saw it on the gateway too' })).toBeVisible()
    await expect(desk.alert.pane).toContainText('as of')
    await desk.alert.tab('Similar').click()
    await expect(desk.alert.pane).toContainText(/what it\s+counted,\s+as of/)
    await picturesOf(info)(app.page, 'offline')
  })

  await test.step('one that was not taken along does not say that it has none', async () => {
    await desk.filter('stage:Closed')
    await desk.openAlert(0)
    await desk.alert.tab('Comments').click()
    await expect(desk.alert.pane).toContainText('Comments not fetched yet')
    await expect(desk.alert.pane).not.toContainText('No notes yet')
    await picturesOf(info)(app.page, 'not-fetched')
  })
})
