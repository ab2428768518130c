import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectServer } from '#main/core/server-factory.ts'
import type { PackPlan } from '#shared/model/shift-pack.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { until } from '#tests/support/until.ts'

const { signal } = new AbortController()
const small = 'X5O!P%@AP[4 not really'
const plan: PackPlan = {
  views: [{ name: 'Ours', filter: { op: 'eq', field: 'source', value: 'files' } }],
  ...{ days: 0, similar: false, filesUpTo: 1_000_000 },
}
let hive: StandIn
let rig: CoreRig
let alertId: string
let saves: string

const upload = (name: string, text: string) => ({
  ...{ name, contentType: 'text/plain', size: Buffer.byteLength(text) },
  open: () => Readable.from([Buffer.from(text)]),
})
const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const

/** An alert of a colleague's with a small file, the same again attached, another attached one, and a large one. */
async function alertWithFiles(): Promise<string> {
  const { server } = await connectServer({ url: hive.url, apiKey: 'ben-key' }, signal)
  const input = { type: 'test', source: 'files', sourceRef: '1', title: 'With files', description: 'd' }
  const rest = { severity: 2, tlp: 'amber', pap: 'amber', tags: [], date: Date.now() } as const
  const { id } = await server.createAlert(
    { ...input, ...rest, tags: [], customFields: [] },
    { values: [], files: [] },
    signal,
  )
  const files = [upload('eicar.exe', small), upload('large.bin', 'l'.repeat(1_500_000))]
  for (const file of files) await server.addFile(id, { file, marks: { ...marks, tags: [] } }, signal)
  await server.addAttachment(id, upload('again.txt', small), signal)
  await server.addAttachment(id, upload('report.txt', 'a report'), signal)
  await server.close()
  return id
}

beforeEach(async () => {
  hive = await startStandIn({ alerts: 20, seed: 1 })
  alertId = await alertWithFiles()
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' } })
  await rig.filled()
  saves = mkdtempSync(join(tmpdir(), 'forager-saves-'))
})

afterEach(async () => {
  await rig.stop()
  await hive.stop()
  rmSync(saves, { recursive: true, force: true })
})

const status = () => rig.call('pack.status', {})
const ready = () => until('the pack is ready', async () => (await status()).state === 'ready', 40_000)
const kept = () =>
  readdirSync(join(rig.folder, 'specimens')).map((name) => join(rig.folder, 'specimens', name))
const observableNamed = async (name: string) =>
  (await rig.call('alerts.get', { id: alertId })).observables.find(
    ({ attachment }) => attachment?.name === name,
  )?.id ?? expect.fail(`no ${name}`)
async function saved(name: string): Promise<string> {
  const path = join(saves, name)
  await rig.remote.saveFile({ id: alertId, observableId: await observableNamed(name), as: 'file', path })
  return readFileSync(path, 'utf8')
}

it('are counted, fetched up to the size, kept encrypted, and saved without the server, also after a kill', async () => {
  await rig.call('pack.start', plan)
  await ready()
  expect((await status()).files).toMatchObject({ count: 4, left: 1, wanted: 2, kept: 2, failed: 0 })
  expect(kept()).toHaveLength(2)
  for (const file of kept()) expect(readFileSync(file).includes('X5O!P%@AP')).toBe(false)
  await rig.kill()
  await hive.goOffline('refuse')
  rig = await startCoreRig({ connection: { url: hive.url, apiKey: 'ana-key' }, folder: rig.folder })
  await until('offline', async () => (await rig.status()).connection === 'offline')
  expect(await saved('eicar.exe')).toBe(small)
  await expect(saved('large.bin')).rejects.toMatchObject({ kind: 'offline' })
  const zip = { id: alertId, observableId: await observableNamed('eicar.exe'), as: 'zip' } as const
  const path = join(saves, 'eicar.zip')
  expect(await rig.remote.saveFile({ ...zip, path })).toMatchObject({ path, password: 'malware' })
  expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK')
})

it('stay on the server by default, and go again when the plan is forgotten or wants none', async () => {
  await rig.call('pack.start', { ...plan, filesUpTo: 0 })
  await ready()
  expect((await status()).files).toMatchObject({ count: 4, left: 4, wanted: 0, kept: 0 })
  await rig.call('pack.start', plan)
  await until('both are kept', async () => (await status()).files.kept === 2, 40_000)
  await rig.call('pack.start', { ...plan, filesUpTo: 0 })
  expect(kept()).toEqual([])
  await rig.call('pack.start', plan)
  await until('both are kept again', async () => (await status()).files.kept === 2, 40_000)
  await rig.call('pack.forget', {})
  expect(kept()).toEqual([])
})

it('the server does not give are counted, and asked for again at a word', async () => {
  const download = { method: 'GET', pathRegex: 'download' }
  hive.faults.set({ failNext: [{ match: download, action: 'status', status: 403, times: 1 }] })
  await rig.call('pack.start', plan)
  await ready()
  expect((await status()).files).toMatchObject({ wanted: 2, kept: 1, failed: 1 })
  await rig.call('pack.resume', {})
  await until('it came', async () => (await status()).files.kept === 2, 40_000)
  expect((await status()).files.failed).toBe(0)
})
