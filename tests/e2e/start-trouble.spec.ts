import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'

test('a list of connections that cannot be read is said in words and left as it is', async ({ app }) => {
  await app.stop()
  writeFileSync(join(app.userData, 'profiles.json'), '{ half a file')
  const page = await app.relaunch()
  await expect(page.getByText(/list of connections cannot be read/)).toBeVisible()
  await expect(page.getByText(/Move the file aside/)).toBeVisible()
})

test('each kind of trouble with a connection has its own words', async ({ app }) => {
  const hive = await startHiveProcess(5)
  const { page } = app
  await page.getByRole('button', { name: 'Connect to TheHive' }).click()
  const attempt = async (url: string, key: string) => {
    await page.getByLabel('Server address').fill(url)
    await page.getByLabel('API key').fill(key)
    await page.getByRole('button', { name: 'Test connection' }).click()
  }
  const alert = page.getByRole('alert')
  await attempt('http://127.0.0.1:9', 'k')
  await expect(alert).toContainText(/answer|reach|refused/i)
  await attempt(hive.url, 'wrong-key')
  await expect(alert).toContainText(/key/i)
  await attempt(hive.url, 'ana-key')
  await expect(page.getByText(/TheHive 5\.6\.2/)).toBeVisible()
  await expect(alert).toHaveCount(0)
  await hive.stop()
})

test('closing waits for no server that never answers', async ({ app }) => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { page } = app
  await page.getByRole('button', { name: 'Connect to TheHive' }).click()
  await page.getByLabel('Server address').fill(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`)
  await page.getByLabel('API key').fill('k')
  const asked = once(silent, 'connection') as Promise<[Socket]>
  await page.getByRole('button', { name: 'Test connection' }).click()
  const [socket] = await asked
  expect(await app.stop()).toBe(0)
  socket.destroy()
  silent.close()
})

test('a key without permissions sees everything and is told what it may not do', async ({ app }) => {
  const hive = await startHiveProcess(50)
  const desk = deskOf(app.page)
  await app.page.getByRole('button', { name: 'Connect to TheHive' }).click()
  await app.page.getByLabel('Server address').fill(hive.url)
  await app.page.getByLabel('API key').fill('rolf-key')
  await app.page.getByRole('button', { name: 'Connect', exact: true }).click()
  await desk.openAlert(0)
  await expect(desk.detail.getByRole('button', { name: 'Promote' })).toBeDisabled()
  await app.page.keyboard.press('p')
  await expect(desk.dialog('Promote to case')).toHaveCount(0)
  await hive.stop()
})
