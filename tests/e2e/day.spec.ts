import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'
import type { HiveProcess } from './support/hive-process.ts'

type HiveAlert = {
  _id: string
  title: string
  status: string
  stage: string
  caseId?: string
  severity: number
  tags: string[]
}
type HiveCase = { _id: string; title: string; number: number }

let hive: HiveProcess

test.beforeEach(async () => {
  hive = await startHiveProcess(5_000)
})

test.afterEach(() => hive.stop())

const alertsOf = (caseId: string) =>
  hive.query<HiveAlert[]>([
    { _name: 'listAlert' },
    { _name: 'filter', _eq: { _field: 'caseId', _value: caseId } },
  ])
const caseTitled = async (title: RegExp) => {
  const cases = await hive.query<HiveCase[]>([{ _name: 'listCase' }])
  return cases.filter((one) => title.test(one.title))
}

test('a day away from the server: every decision reaches it exactly once', async ({ app }) => {
  test.setTimeout(300_000)
  let desk = deskOf(app.page)
  await test.step('connect and take the queue of 5,000 along', async () => {
    await desk.connect(hive.url, 'ana-key')
    await expect(app.page.getByRole('button', { name: 'All', exact: true })).toContainText('5,000', {
      timeout: 60_000,
    })
    await expect(desk.status).toContainText('synced', { timeout: 60_000 })
  })

  await test.step('the server stops; the app starts anew without it', async () => {
    await hive.goOffline()
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open 127\.0\.0\.1/)
    await expect(desk.status).toContainText('Offline')
  })

  const titles = await test.step('triage five', async () => {
    const done: string[] = []
    for (let index = 0; index < 5; index += 1) {
      done.push(await desk.openAlert(index))
      if (index < 3) await desk.close('Ignored')
      else if (index === 3) await desk.page.keyboard.press('a')
      else {
        await desk.page.keyboard.press('v')
        await desk
          .dialog(/[Ss]everity/)
          .getByText('Critical')
          .click()
      }
    }
    return done
  })
  expect(new Set(titles).size).toBeGreaterThan(1)

  await test.step('promote two, one with a template', async () => {
    await desk.openAlert(5)
    await desk.promote({ title: 'Seen on the train' })
    await desk.openAlert(6)
    await desk.promote({ title: 'Under the template', template: 'phishing' })
  })

  await test.step('merge three, one of them into the case promoted offline', async () => {
    await desk.openAlert(7)
    await desk.merge('Seen on the train', /Seen on the train/)
    await desk.openAlert(8)
    await desk.merge('#14', /#14/)
    await desk.openAlert(9)
    await desk.merge('#14', /#14/)
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
      'd41d8cd98f00b204e9800998ecf8427e',
      'caller@bad.example',
    ])
    await desk.note('Looked at without a network.')
    return title
  })
  const decided = 5 + 2 + 3 + 2 + 1 + 1
  await desk.waiting(decided)

  await test.step('the process is killed; after the start everything is still there', async () => {
    await app.kill9()
    desk = deskOf(await app.relaunch())
    await desk.reopen(/^Open 127\.0\.0\.1/)
    await desk.waiting(decided)
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('o')
    await expect(desk.page.getByRole('region', { name: 'Outbox' }).getByRole('listitem')).toHaveCount(decided)
  })

  await test.step('the server is back: the outbox drains by itself', async () => {
    await hive.goOnline()
    await desk.waiting(0)
    await expect(desk.status).toContainText('Online')
  })

  await test.step('the server holds each effect exactly once', async () => {
    const effects = await hive.effects()
    expect(Object.entries(effects).filter(([, count]) => count !== 1)).toEqual([])
    const kinds = Object.keys(effects).map((key) => key.split(' ')[0])
    expect(kinds.filter((kind) => kind === 'promote')).toHaveLength(2)
    expect(kinds.filter((kind) => kind === 'merge')).toHaveLength(3)
    expect(kinds.filter((kind) => kind === 'comment')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'observable')).toHaveLength(6)
    const writes = (await hive.events()).filter((event) => event.effects.length > 0)
    const distinct = new Set(writes.map((event) => `${event.method} ${event.path} ${event.body}`))
    expect(distinct.size).toBe(writes.length)
    expect(await hive.violations()).toEqual([])
  })

  await test.step('and its own API shows what was decided', async () => {
    const [train] = await caseTitled(/^Seen on the train/)
    expect((await alertsOf(train!._id)).map((one) => one.stage)).toEqual(['Imported', 'Imported'])
    const [templated] = await caseTitled(/Under the template/)
    expect(templated!.title).not.toBe('Under the template')
    const [fourteen] = (await hive.query<HiveCase[]>([{ _name: 'listCase' }])).filter(
      (one) => one.number === 14,
    )
    const merged = await alertsOf(fourteen!._id)
    expect(merged.length).toBeGreaterThanOrEqual(2)
    const withEvidence = await hive.query<HiveAlert[]>([
      { _name: 'listAlert' },
      { _name: 'filter', _eq: { _field: 'title', _value: evidence } },
      { _name: 'observables' },
    ])
    const shown = JSON.stringify(withEvidence)
    for (const piece of ['192.0.2.200', 'https://bad.example/login', 'message.eml', 'notes.txt'])
      expect(shown).toContain(piece)
  })
})
