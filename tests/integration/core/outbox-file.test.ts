import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { anInput, plainMarks } from '#tests/support/make.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

const passphrase = 'four or five words'
const ana = { apiKey: 'ana-key' }
let hive: StandIn
/** The machine that is left, and the one that goes on. */
let old: CoreRig
let next: CoreRig

beforeEach(() => begin({ validate: true }))

async function begin(kind: Parameters<typeof startStandIn>[0]): Promise<void> {
  hive = await startStandIn({ alerts: 25, seed: 1, ...kind })
  ;[old, next] = await Promise.all([started(ana), started(ana)])
}

afterEach(end)

async function end(): Promise<void> {
  await Promise.all([old.stop(), next.stop()])
  await hive.stop()
}

async function started({ apiKey }: { apiKey: string }): Promise<CoreRig> {
  const rig = await startCoreRig({ connection: { url: hive.url, apiKey } })
  await rig.filled()
  return rig
}

const exportTo = (rig: CoreRig, name = 'a.forager-outbox') =>
  rig.remote.exportOutbox({ passphrase, path: join(rig.folder, name), forager: '0.1.0' })
const importInto = (rig: CoreRig, path: string, words = passphrase) =>
  rig.call('outbox.import', { passphrase: words, paths: [path] })
const lines = (rig: CoreRig) => rig.call('outbox.list', { receipts: 0 })
const openIds = async () =>
  (await old.inbox(25)).filter((row) => row.caseId === undefined).map(({ id }) => id)

/** Everything the server was made to do, by any machine, once each; `twice` was decided twice in the same words. */
function onceEach(twice?: RegExp): void {
  const counts = Object.entries(hive.effects()).map(([what, count]) => [what, count])
  expect(counts.filter(([, count]) => count !== 1).map(([what]) => what)).toEqual(
    twice === undefined ? [] : [expect.stringMatching(twice)],
  )
  const writes = hive.events().filter((event) => event.effects.length > 0)
  const said = writes.map((event) => JSON.stringify([event.method, event.path, event.body]))
  expect(said.length - new Set(said).size).toBe(twice === undefined ? 0 : 1)
  expect(hive.violations()).toEqual([])
}

/** A day's decisions, some built on others, with a file. */
async function decide([one, two, three, four]: readonly string[]): Promise<void> {
  const { call } = old
  await call('triage.update', { ids: [one!], change: { severity: 4, addTags: ['seen'] } })
  await call('triage.update', { ids: [one!], change: { title: 'A better title' } })
  const { caseId } = await call('triage.promote', { id: two!, choices: { title: 'From the train' } })
  await call('triage.merge', { ids: [three!], caseId })
  await call('triage.comment', { id: four!, message: 'looked at it' })
  await call('triage.comment', { id: four!, message: 'looked at it' })
  const path = join(old.folder, 'note.txt')
  writeFileSync(path, 'evidence')
  await call('triage.addFiles', { id: four!, paths: [path], marks: plainMarks })
  await call('triage.addAttachments', { id: one!, paths: [path] })
  await call('alerts.create', { input: anInput(), values: [{ dataType: 'ip', data: '192.0.2.9' }] })
}

describe('an outbox that is carried to another machine', () => {
  it('is sent from there, in its order, each decision once; resumed here as well it is found done', async () => {
    const ids = await openIds()
    await hive.goOffline('refuse')
    await decide(ids)
    const before = await lines(old)
    const done = await exportTo(old)
    expect(done).toMatchObject({ count: 9, files: 2, missing: [] })
    expect(statSync(done.path).mode & 0o777).toBe(0o600)
    expect((await lines(old)).map(({ carried }) => carried)).toEqual(
      before.map(() => ({
        role: 'exported',
        at: expect.any(Number) as number,
        file: 'a.forager-outbox',
        wasHeld: false,
      })),
    )
    expect(await importInto(next, done.path)).toMatchObject({ count: 9, known: 0, held: 0, files: 2 })
    expect((await lines(next)).map(({ id, sentence }) => [id, sentence])).toEqual(
      before.map(({ id, sentence }) => [id, sentence]),
    )
    await hive.goOnline()
    await Promise.all([old, next].map((rig) => rig.call('sync.now', {})))
    await next.sent()
    onceEach(/comment/)
    const effects = hive.events().filter((event) => event.effects.length > 0).length

    await old.call('outbox.sendNow', {})
    expect((await lines(old)).map(({ state }) => state)).toEqual(before.map(() => 'held'))
    await old.call('outbox.resume', { ids: before.map(({ id }) => id), exported: true })
    await old.sent()
    expect(hive.events().filter((event) => event.effects.length > 0)).toHaveLength(effects)
    const { found } = await old.call('outbox.receipts', { text: '', limit: 100 })
    expect(found.map(({ receipt }) => receipt?.alreadyThere)).toEqual(before.map(() => true))
  })

  it.each(['thehive3', 'thehive4'] as const)(
    'is found done where it was sent from on %s, too',
    async (flavour) => {
      await end()
      await begin({ flavour })
      const [one, two, three] = await openIds()
      await hive.goOffline('refuse')
      await old.call('triage.update', { ids: [one!], change: { severity: 3, addTags: ['seen'] } })
      const { caseId } = await old.call('triage.promote', { id: two!, choices: {} })
      await old.call('triage.merge', { ids: [three!], caseId })
      await old.call('alerts.create', { input: anInput(), values: [] })
      const { path, count } = await exportTo(old)
      await importInto(next, path)
      await hive.goOnline()
      await Promise.all([old, next].map((rig) => rig.call('sync.now', {})))
      await until('the outbox is empty', async () => (await next.status()).waiting === 0, 30_000)
      const effects = () => hive.events().filter((event) => event.effects.length > 0).length
      const before = effects()
      const ids = (await lines(old)).map(({ id }) => id)
      expect(ids).toHaveLength(count)
      await old.call('outbox.resume', { ids, exported: true })
      await until('all are settled here', async () => (await old.status()).waiting === 0, 30_000)
      expect(effects()).toBe(before)
      expect(Object.values(hive.effects()).filter((times) => times !== 1)).toEqual([])
    },
  )

  it('brings along what an attempt here may have done unseen', async () => {
    const [one, two] = await openIds()
    hive.faults.set({ failNext: [{ match: { method: 'PATCH' }, action: 'reset-after' }] })
    await old.call('triage.update', { ids: [one!], change: { severity: 4 } })
    await old.call('outbox.sendNow', {})
    await until('the answer is lost', async () => (await lines(old))[0]?.attempts === 1)
    await hive.goOffline('refuse')
    await old.call('triage.update', { ids: [one!], change: { severity: 1 } })
    await old.call('triage.comment', { id: two!, message: 'and another' })
    const { path } = await exportTo(old)
    await importInto(next, path)
    await hive.goOnline()
    await next.call('sync.now', {})
    await next.sent()
    expect((await next.call('alerts.get', { id: one! })).alert.severity).toBe(1)
    onceEach()
  })

  it('is not exported while something is on its way: what arrives leaves the outbox, what is cut off is asked about', async () => {
    const [one, two] = await openIds()
    hive.faults.set({
      failNext: [{ match: { method: 'POST', pathRegex: 'comment' }, action: 'hang' }],
      latency: 300,
    })
    await old.call('triage.update', { ids: [one!], change: { severity: 4 } })
    await old.call('triage.comment', { id: two!, message: 'never answered' })
    await old.call('outbox.sendNow', {})
    await until('something is on its way', async () =>
      (await lines(old)).some(({ state }) => state === 'sending'),
    )
    const { path } = await exportTo(old)
    hive.faults.clear()
    await importInto(next, path)
    await next.sent()
    expect((await lines(old)).every(({ carried }) => carried?.role === 'exported')).toBe(true)
    await old.call('outbox.sendNow', {})
    onceEach()
  })

  it('comes whole or not at all', async () => {
    await hive.goOffline('refuse')
    const large = join(old.folder, 'large.bin')
    writeFileSync(large, Buffer.alloc(300_000, 'evidence'))
    const [one] = await openIds()
    await old.call('triage.addFiles', { id: one!, paths: [large], marks: plainMarks })
    const { path } = await exportTo(old)
    const bytes = readFileSync(path)
    const spoilt = (name: string, content: Buffer) => {
      const file = join(next.folder, name)
      writeFileSync(file, content)
      return file
    }
    const flipped = Buffer.from(bytes)
    flipped[bytes.length - 3] = flipped[bytes.length - 3]! ^ 1
    const refused = (file: string, kind: string, words?: string) =>
      expect(importInto(next, file, words)).rejects.toMatchObject({
        kind,
        did: expect.stringContaining('Nothing was imported') as string,
      })
    await refused(path, 'rejected', 'another passphrase')
    await refused(spoilt('cut', bytes.subarray(0, -20)), 'corrupt')
    await refused(spoilt('flipped', flipped), 'corrupt')
    await refused(spoilt('other', Buffer.from('PK')), 'unreadable-file')
    expect(await lines(next)).toEqual([])
    expect(readdirSync(join(next.folder, 'specimens'))).toEqual([])
  })

  it('is refused where it does not belong', async () => {
    await hive.goOffline('refuse')
    await old.call('triage.comment', { id: (await openIds())[0]!, message: 'seen' })
    const { path } = await exportTo(old)
    await hive.goOnline()
    const ben = await started({ apiKey: 'ben-key' })
    const local = await startCoreRig({})
    try {
      await expect(importInto(ben, path)).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringContaining('ana@acme.example') as string,
        did: expect.stringContaining('ben@acme.example') as string,
      })
      await expect(importInto(local, path)).rejects.toMatchObject({ kind: 'rejected' })
      await expect(exportTo(local)).rejects.toMatchObject({ kind: 'rejected' })
    } finally {
      await Promise.all([ben.stop(), local.stop()])
    }
  })

  it('is counted when it is known, wherever it comes back to', async () => {
    await hive.goOffline('refuse')
    const [one, two] = await openIds()
    await old.call('triage.comment', { id: one!, message: 'first' })
    const first = await exportTo(old)
    await importInto(next, first.path)
    await old.call('triage.comment', { id: two!, message: 'second' })
    const second = await exportTo(old, 'b.forager-outbox')
    expect(second.count).toBe(2)
    expect(await importInto(next, second.path)).toMatchObject({ count: 1, known: 1 })
    expect(await importInto(old, second.path)).toMatchObject({ count: 0, known: 2 })
    expect((await lines(old)).map(({ state }) => state)).toEqual(['held', 'held'])
    await hive.goOnline()
    await next.call('sync.now', {})
    await next.sent()
    expect(await importInto(next, second.path)).toMatchObject({ count: 0, known: 2 })
    onceEach()
  })

  it('goes on being the outbox here when the file cannot be written', async () => {
    await hive.goOffline('refuse')
    await old.call('triage.comment', { id: (await openIds())[0]!, message: 'seen' })
    const before = await lines(old)
    await expect(
      old.remote.exportOutbox({ passphrase, path: join(old.folder, 'no', 'such', 'folder'), forager: '1' }),
    ).rejects.toMatchObject({ kind: 'unreadable-file' })
    const [line] = await lines(old)
    expect(line).toEqual({ ...before[0], waitsFor: [] })
    await hive.goOnline()
    await old.call('sync.now', {})
    await old.sent()
    onceEach()
  })

  it('names a kept file that is damaged, and takes along all the rest', async () => {
    await hive.goOffline('refuse')
    const [one, two] = await openIds()
    const path = join(old.folder, 'note.txt')
    writeFileSync(path, 'evidence')
    await old.call('triage.addFiles', { id: one!, paths: [path], marks: plainMarks })
    const [kept] = readdirSync(join(old.folder, 'specimens'))
    writeFileSync(join(old.folder, 'specimens', kept!), 'rotten')
    await old.call('triage.comment', { id: two!, message: 'seen' })
    const done = await exportTo(old)
    expect(done).toMatchObject({ count: 2, files: 0, missing: ['note.txt'] })
    rmSync(path)
    await importInto(next, done.path)
    await hive.goOnline()
    await next.call('sync.now', {})
    await until('the rest is sent', async () => (await next.status()).waiting === 1, 30_000)
    expect(await lines(next)).toMatchObject([{ state: 'rejected', lastError: { kind: 'unreadable-file' } }])
  })
})
