import { createHash } from 'node:crypto'
import { expect, test } from './support/app-fixture.ts'
import { deskOf } from './support/desk.ts'
import type { Desk } from './support/desk.ts'
import { startHiveProcess } from './support/hive-process.ts'
import type { HiveKind, HiveProcess } from './support/hive-process.ts'
import { viewOf } from './support/server-view.ts'
import type { ServerView } from './support/server-view.ts'

type Server = HiveKind & {
  name: string
  /** The number of RED. */
  red: number
  /** Read marks instead of statuses, no assignees, no comments. */
  older: boolean
  /** TLP has AMBER+STRICT, as the number 3. */
  strict: boolean
}

const servers: readonly Server[] = [
  { name: 'TheHive 3', flavour: 'thehive3', version: '3.5.2', red: 3, older: true, strict: false },
  { name: 'TheHive 4', flavour: 'thehive4', version: '4.1.24', red: 3, older: true, strict: false },
  {
    name: 'TheHive 5 before 5.2',
    flavour: 'thehive5',
    version: '5.1.9',
    red: 3,
    older: false,
    strict: false,
  },
  { name: 'TheHive 5.8', flavour: 'thehive5', version: '5.8.0', red: 4, older: false, strict: true },
]
const titles = {
  red: 'Marked red by its source',
  strict: 'Marked three by its source',
  triage: 'Somebody triages this',
  promote: 'Somebody promotes this',
  merge: 'Somebody merges this',
  evidence: 'Somebody adds evidence here',
}
const file = { name: 'message.eml', text: 'From: billing@bad.example\n' }
/** What is added where files come with a new alert only. */
const late = '192.0.2.200'
const sha256 = createHash('sha256').update(file.text).digest('hex')

const running: HiveProcess[] = []

test.afterEach(async () => {
  for (const hive of running.splice(0)) await hive.stop()
})

async function start(server: Server) {
  const hive = await startHiveProcess(60, server)
  running.push(hive)
  const view = viewOf(hive, server)
  const { red, strict, ...others } = titles
  for (const title of Object.values(others)) await view.create({ title, tlp: 2 })
  await view.create({ title: red, tlp: server.red })
  if (server.strict) await view.create({ title: strict, tlp: 3 })
  await hive.forget()
  return { hive, view }
}

/** Decisions in the way this server has for them. */
async function work(desk: Desk, { older, flavour }: Server): Promise<void> {
  await desk.openTitled(titles.triage)
  await desk.setSeverity('Critical')
  await desk.addTag('looked-at')
  if (older) await desk.page.keyboard.press('u')
  else await desk.close('FalsePositive')
  await expect(desk.row(titles.triage)).toBeHidden()
  await desk.openTitled(titles.promote)
  await desk.promote({})
  await desk.openTitled(titles.merge)
  await desk.merge('#14', /#14/)
  await desk.openTitled(titles.evidence)
  if (flavour === 'thehive3') await desk.pasteValues([late])
  else await desk.dropFiles([file])
}

/** TheHive 3 keeps artifacts in their alert: the change of the alert is the new artifact's other side. */
async function effectsIn(hive: HiveProcess): Promise<Record<string, number>> {
  const entries = Object.entries(await hive.effects())
  return Object.fromEntries(
    entries.map(([key, count]) => [key.replace(/ artifacts=.*/, ' artifacts'), count]),
  )
}

/** What has to have happened on the server, each once and nothing else. */
async function effectsOf(view: ServerView, { older, flavour }: Server): Promise<Record<string, number>> {
  const idOf = async (title: string) => (await view.alert(title)).id
  const triaged = await idOf(titles.triage)
  const evidence = await idOf(titles.evidence)
  const fourteen = (await view.cases()).find(({ number }) => number === 14)
  const keys = [
    `update ${triaged} severity=4`,
    ...(older
      ? [`update ${triaged} tags=["fresh","looked-at"]`, `read ${triaged}`]
      : [`update ${triaged} addTags=["looked-at"]`, `update ${triaged} status=FalsePositive`]),
    `promote alert ${await idOf(titles.promote)}`,
    `merge alert ${await idOf(titles.merge)} -> case ${fourteen?.id}`,
    ...(flavour === 'thehive3'
      ? [`observable ${evidence} ip ${late}`, `update ${evidence} artifacts`]
      : [`observable ${evidence} file sha256:${sha256}`]),
  ]
  return Object.fromEntries(keys.map((key) => [key, 1]))
}

/** The document is of 5.6.2: older servers answer less than it says, but nobody may ask otherwise. */
async function violationsOf(hive: HiveProcess, { strict }: Server): Promise<unknown[]> {
  return (await hive.violations()).filter(({ side }) => strict || side === 'request')
}

async function lookAtServer(view: ServerView, { older, flavour }: Server): Promise<void> {
  const triaged = await view.alert(titles.triage)
  expect(triaged).toMatchObject({ severity: 4, status: older ? 'Ignored' : 'FalsePositive' })
  expect(triaged.tags.toSorted()).toEqual(['fresh', 'looked-at'])
  const cases = await view.cases()
  const caseOf = async (title: string) => {
    const { caseId } = await view.alert(title)
    return cases.find(({ id }) => id === caseId)
  }
  expect(cases).toHaveLength(21)
  expect(await caseOf(titles.promote)).toMatchObject({ title: titles.promote })
  expect(await caseOf(titles.merge)).toMatchObject({ number: 14 })
  expect((await view.alert(titles.evidence)).observables.toSorted()).toEqual(
    ['192.0.2.7', flavour === 'thehive3' ? late : file.name].toSorted(),
  )
}

async function readsAs(desk: Desk, title: string, marking: string): Promise<void> {
  await desk.filter(`tlp:${marking.toLowerCase()}`)
  await expect(desk.row(title)).toContainText(`TLP:${marking}`)
  await desk.openTitled(title)
  await expect(desk.detail.getByText(`TLP:${marking}`, { exact: true })).toBeVisible()
}

async function lookAtMarkings(desk: Desk, { strict }: Server): Promise<void> {
  await readsAs(desk, titles.red, 'RED')
  if (strict) await readsAs(desk, titles.strict, 'AMBER+STRICT')
  else {
    await desk.filter('tlp:amber+strict')
    await expect(desk.rows).toHaveCount(0)
  }
  await desk.view('Inbox').click()
}

/** What a flavour has not is not there to be pressed. */
async function lookAtOffers(desk: Desk, { older, strict, flavour }: Server): Promise<void> {
  const { alert, page } = desk
  await desk.openTitled(titles.evidence)
  for (const [there, names] of [
    [older, ['Mark as read']],
    [!older, ['Start', 'Close', 'Assign']],
  ] as const)
    for (const name of names) await expect(alert.action(name), name).toHaveCount(there ? 1 : 0)
  for (const name of ['Comments', 'TTPs', 'Attachments'] as const)
    await expect(alert.tab(name), name).toHaveCount(older ? 0 : 1)
  await expect(desk.view('Unassigned')).toHaveCount(older ? 0 : 1)
  await page.keyboard.press('Control+k')
  const commands = desk.dialog('Commands')
  await page.keyboard.type('as')
  await expect(commands.getByRole('option', { name: 'Mark as read' })).toHaveCount(older ? 1 : 0)
  await expect(commands.getByRole('option', { name: 'Assign to me' })).toHaveCount(older ? 0 : 1)
  await page.keyboard.press('Escape')
  await alert.tab('Observables').click()
  const filing = alert.pane.getByRole('button', { name: 'Add files' })
  await expect(filing).toHaveAttribute('aria-disabled', String(flavour === 'thehive3'))
  await alert.pane.getByRole('button', { name: 'Add values' }).click()
  const markings = desk.dialog('Add values').getByRole('group', { name: 'TLP' })
  await expect(markings.getByRole('radio', { name: 'RED' })).toHaveCount(1)
  await expect(markings.getByRole('radio', { name: 'AMBER+STRICT' })).toHaveCount(strict ? 1 : 0)
  await page.keyboard.press('Escape')
}

async function arrive(desk: Desk, url: string): Promise<void> {
  await desk.connect(url, 'ana-key')
  await expect(desk.status).toContainText('synced', { timeout: 60_000 })
  await expect(desk.row(titles.red)).toBeVisible({ timeout: 30_000 })
}

for (const server of servers)
  test(`${server.name}: what is decided takes hold once, and RED reads RED`, async ({ app }) => {
    test.setTimeout(240_000)
    const { hive, view } = await start(server)
    const desk = deskOf(app.page)
    await test.step('connect and take the queue along', () => arrive(desk, hive.url))
    await test.step('a marking is its meaning, not its number', () => lookAtMarkings(desk, server))
    await test.step('what it lacks is not offered', () => lookAtOffers(desk, server))
    await test.step('triage, promote, merge, add evidence', () => work(desk, server))
    await test.step('the server holds each effect exactly once', async () => {
      const wanted = await effectsOf(view, server)
      await desk.sendNow()
      await expect.poll(() => effectsIn(hive), { timeout: 60_000 }).toEqual(wanted)
      await desk.waiting(0)
      expect(await effectsIn(hive)).toEqual(wanted)
      const writes = (await hive.events()).filter((event) => event.effects.length > 0)
      expect(new Set(writes.map(({ method, path, body }) => `${method} ${path} ${body}`)).size).toBe(
        writes.length,
      )
      expect(await violationsOf(hive, server)).toEqual([])
    })
    await test.step('and its own API shows what was decided', () => lookAtServer(view, server))
  })

test('two servers of different generations stand side by side, each with its own words', async ({ app }) => {
  test.setTimeout(240_000)
  const [three, five] = [servers[0]!, servers[3]!]
  const [old, recent] = [await start(three), await start(five)]
  const desk = deskOf(app.page)
  const { page, alert } = desk
  const switchTo = async (url: string) => {
    await page.keyboard.press('g')
    await page.keyboard.press('w')
    await page.getByRole('menuitem', { name: new URL(url).host }).click()
    await expect(desk.status).toContainText(new URL(url).host)
    await expect(desk.row(titles.red)).toBeVisible({ timeout: 30_000 })
  }
  await arrive(desk, old.hive.url)
  await desk.openTitled(titles.red)
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await page.getByRole('menuitem', { name: 'Close and connect elsewhere' }).click()
  await arrive(desk, recent.hive.url)
  await desk.openTitled(titles.strict)
  await expect(alert.action('Close')).toBeVisible()
  await desk.setSeverity('High')
  await switchTo(old.hive.url)
  await expect(desk.row(titles.strict)).toHaveCount(0)
  await desk.openTitled(titles.triage)
  await expect(alert.action('Mark as read')).toBeVisible()
  await expect(alert.action('Close')).toHaveCount(0)
  await page.keyboard.press('u')
  await expect
    .poll(() => old.hive.effects(), { timeout: 60_000 })
    .toEqual({
      [`read ${(await old.view.alert(titles.triage)).id}`]: 1,
    })
  await switchTo(recent.hive.url)
  await desk.openTitled(titles.strict)
  await expect(desk.detail.getByText('TLP:AMBER+STRICT', { exact: true })).toBeVisible()
  await expect
    .poll(() => recent.hive.effects(), { timeout: 60_000 })
    .toEqual({
      [`update ${(await recent.view.alert(titles.strict)).id} severity=3`]: 1,
    })
})
