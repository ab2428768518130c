import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'

test('a damaged local copy is refilled and said so; the decision that waited is still there', async ({
  app,
}) => {
  const hive = await startHiveProcess(200)
  let desk = deskOf(app.page)
  await desk.connect(hive.url, 'ana-key')
  await expect(desk.status).toContainText('synced')
  await hive.goOffline()
  const title = await desk.openAlert(0)
  await desk.close('Ignored')
  await app.kill9()
  const profiles = join(app.userData, 'profiles')
  const [folder] = readdirSync(profiles)
  writeFileSync(join(profiles, folder!, 'cache.sqlite'), 'no database')
  await hive.goOnline()
  desk = deskOf(await app.relaunch())
  await desk.page.getByRole('button', { name: /^Open 127/ }).click()
  await expect(desk.page.getByText('The local copy of the queue was damaged.')).toBeVisible()
  await desk.page.getByRole('button', { name: 'I have read this' }).click()
  await expect(desk.page.getByText('The local copy of the queue was damaged.')).toBeHidden()
  await desk.waiting(0)
  const closed = await hive.query<{ title: string }[]>([
    { _name: 'listAlert' },
    { _name: 'filter', _eq: { _field: 'status', _value: 'Ignored' } },
  ])
  expect(closed.map((one) => one.title)).toContain(title)
  expect(Object.values(await hive.effects())).toEqual([1])
  await hive.stop()
})
