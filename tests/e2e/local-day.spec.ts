import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'

test('the same day in a local workspace, with no server at all', async ({ app }) => {
  test.setTimeout(180_000)
  let desk = deskOf(app.page)
  await test.step('explore with sample data', async () => {
    await app.page.getByRole('button', { name: 'Explore with sample data' }).click()
    await expect(desk.queue.getByRole('option').first()).toBeVisible()
    await expect(desk.status).toContainText('Local workspace')
  })

  await test.step('triage five, promote two, merge three', async () => {
    for (let index = 0; index < 5; index += 1) {
      await desk.openAlert(index)
      await desk.close('Ignored')
    }
    await desk.openAlert(5)
    await desk.promote({ title: 'Seen on the train' })
    await desk.openAlert(6)
    await desk.promote({ template: 'malware', title: 'Under the template' })
    await desk.openAlert(7)
    await desk.merge('Seen on the train', /Seen on the train/)
    for (const index of [8, 9]) {
      await desk.openAlert(index)
      await desk.merge('Invoice', /Invoice phishing wave/)
    }
  })

  const evidence = await test.step('drop two files, paste four values, write a note', async () => {
    const title = await desk.openAlert(10)
    await desk.dropFiles([
      { name: 'message.eml', text: 'From: billing@bad.example' },
      { name: 'notes.txt', text: 'what the caller said' },
    ])
    await desk.pasteValues([
      '192.0.2.200',
      'hxxps://bad[.]example/login',
      'seen.example',
      'caller@bad.example',
    ])
    await desk.note('Looked at without a server.')
    return title
  })

  await test.step('an alert by hand, and its twin refused with a link', async () => {
    for (const attempt of [1, 2]) {
      await desk.page.getByRole('button', { name: 'New alert' }).click()
      const box = desk.dialog(/alert/i)
      await box.getByLabel('Type').fill('phone')
      await box.getByLabel('Source', { exact: true }).fill('desk')
      await box.getByLabel(/reference/i).fill('call-1')
      await box.getByLabel('Title').fill('A worried caller')
      await box.getByRole('button', { name: /^Create/ }).click()
      if (attempt === 1) await expect(box).toBeHidden()
      else {
        await expect(box).toContainText('already')
        await box.getByRole('button', { name: /[Oo]pen the existing/ }).click()
        await expect(desk.detail.getByRole('heading', { name: 'A worried caller' })).toBeVisible()
      }
    }
  })

  await test.step('killed and started again, everything is still there, and takes hold', async () => {
    await app.kill9()
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open Sample data/)
    await expect(desk.status).toContainText('Local workspace')
    await desk.page.getByRole('button', { name: 'Closed', exact: true }).click()
    await expect(desk.queue.getByRole('option')).toHaveCount(5)
    await desk.page.getByRole('button', { name: 'Imported', exact: true }).click()
    await expect(desk.queue.getByRole('option')).toHaveCount(5)
    await desk.page.getByRole('button', { name: 'Inbox', exact: true }).click()
    await desk.page.getByRole('textbox', { name: 'Filter the queue' }).fill('192.0.2.200')
    await desk.page.keyboard.press('Enter')
    await expect(desk.queue.getByRole('option', { name: evidence })).toHaveCount(1)
  })
})
