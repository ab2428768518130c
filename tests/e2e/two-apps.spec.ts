import type { Locator } from '@playwright/test'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import type { Desk } from './support/desk.ts'
import { besideAnother } from './support/two-foragers.ts'

type HiveAlert = { _id: string; title: string; severity: number; caseId?: string }
type HiveCase = { _id: string; title: string; _createdBy: string }

const beside = besideAnother(20)

const alertTitled = async (title: string): Promise<HiveAlert | undefined> => {
  const titled = { _name: 'filter', _eq: { _field: 'title', _value: title } }
  return (await beside.hive.query<HiveAlert[]>([{ _name: 'listAlert' }, titled]))[0]
}
const casesOf = async (): Promise<HiveCase[]> =>
  (await beside.hive.query<HiveCase[]>([{ _name: 'listCase' }])).filter(({ title }) =>
    title.startsWith('Case of '),
  )

async function start(desk: Desk, login: 'ana' | 'ben'): Promise<void> {
  await desk.connect(beside.hive.url, `${login}-key`, login)
  await expect(desk.status).toContainText('synced', { timeout: 60_000 })
  await desk.command('Work offline')
  await expect(desk.status).toContainText('Working offline')
}

async function goHome(desk: Desk): Promise<void> {
  await desk.goTo('o')
  await desk.outbox.screen.getByRole('button', { name: /^Send (all )?now/ }).click()
  await desk.command('Go online again')
}

/** The writes the server took, of one path. */
const taken = async (method: string, path: RegExp): Promise<number> =>
  (await beside.hive.events()).filter(
    (one) => one.method === method && path.test(one.path) && (one.status ?? 500) < 300,
  ).length

/** Clicks as somebody who has read what stands there: what slides under a pointer takes no click at first. */
async function clickStanding(button: Locator): Promise<void> {
  let before: string | undefined
  const stands = async () => {
    const now = JSON.stringify(await button.boundingBox())
    const same = now === before
    before = now
    return same
  }
  await expect.poll(stands, { intervals: [500] }).toBe(true)
  await button.click()
}

test('two Foragers in conflict over a severity and over promotions: the cards settle them, once each', async ({
  app,
}) => {
  test.setTimeout(300_000)
  const [ana, ben] = [deskOf(app.page), deskOf(beside.other.page)]
  const titles: string[] = []
  await test.step('both take the queue along and decide on the same alerts', async () => {
    await start(ana, 'ana')
    await start(ben, 'ben')
    for (let index = 0; index < 3; index += 1) titles.push(await ana.openAlert(index))
    for (const [desk, name, level] of [
      [ana, 'Ana', 'Critical'],
      [ben, 'Ben', 'Low'],
    ] as const) {
      await desk.openTitled(titles[0]!)
      await desk.setSeverity(level)
      await desk.openTitled(titles[1]!)
      await desk.promote({ title: `Case of ${name}, first` })
      await desk.openTitled(titles[2]!)
      await desk.promote({ title: `Case of ${name}, second` })
    }
  })
  const [severity, first, second] = titles as [string, string, string]

  await test.step('one comes home first', async () => {
    await goHome(ana)
    await expect.poll(async () => (await casesOf()).length, { timeout: 60_000 }).toBe(2)
    await expect.poll(async () => (await alertTitled(severity))?.severity).toBe(4)
  })

  await test.step('the other finds three conflicts, and nothing is overwritten', async () => {
    await goHome(ben)
    await expect(
      ben.outbox.part('Needs you').getByRole('group', { name: 'Conflict', exact: true }),
    ).toHaveCount(3, {
      timeout: 60_000,
    })
    expect((await alertTitled(severity))?.severity).toBe(4)
    expect(await casesOf()).toHaveLength(2)
  })

  /** So many need the analyst, as the heading counts them, and nothing is about to move: what slid under a pointer takes no click at first. */
  const needsYou = async (count: number) => {
    await expect(ben.outbox.part('Needs you').getByRole('heading')).toHaveText(`Needs you ${count}`)
    await expect(ben.page.getByText(/· (no longer waits|waits to be sent)$/)).toHaveCount(0)
  }
  const card = (title: string) => ben.outbox.screen.getByRole('listitem').filter({ hasText: title })
  await test.step('severity: theirs was ana’s; mine goes over it', async () => {
    await expect(card(severity).getByRole('group', { name: 'Severity' })).toContainText('ana@acme.example')
    await expect(card(severity)).toContainText('Critical')
    await clickStanding(card(severity).getByRole('button', { name: 'Keep mine' }))
    await expect.poll(async () => (await alertTitled(severity))?.severity, { timeout: 30_000 }).toBe(1)
    await needsYou(2)
  })

  await test.step('first promotion: it stays in the colleague’s case', async () => {
    await expect(card(first)).toContainText('“Case of Ana, first”')
    await clickStanding(card(first).getByRole('button', { name: 'Take theirs' }))
    await needsYou(1)
  })

  await test.step('second promotion: out of the colleague’s case, then into one of its own', async () => {
    await clickStanding(card(second).getByRole('button', { name: 'Keep mine' }))
    await expect.poll(async () => (await casesOf()).length, { timeout: 30_000 }).toBe(3)
  })

  await test.step('the server shows each choice, and each took hold once', async () => {
    const cases = new Map((await casesOf()).map(({ title, _id }) => [title, _id]))
    expect([...cases.keys()].toSorted()).toEqual([
      'Case of Ana, first',
      'Case of Ana, second',
      'Case of Ben, second',
    ])
    expect((await alertTitled(first))?.caseId).toBe(cases.get('Case of Ana, first'))
    await expect.poll(async () => (await alertTitled(second))?.caseId).toBe(cases.get('Case of Ben, second'))
    const ofAlert = async (title: string, rest: string) =>
      new RegExp(`/alert/${(await alertTitled(title))?._id ?? ''}${rest}$`)
    expect(await taken('POST', await ofAlert(first, '/case'))).toBe(1)
    expect(await taken('POST', await ofAlert(second, '/case'))).toBe(2)
    await expect(ben.outbox.part('Needs you')).toBeHidden()
    expect(await beside.hive.violations()).toEqual([])
  })
})
