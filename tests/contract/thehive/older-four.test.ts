import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { detectServer } from '#main/thehive/detect.ts'
import { openServer } from '#main/thehive/open-server.ts'
import { refuseTooOld } from '#main/thehive/too-old.ts'
import { alertKey } from '#shared/model/alert.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { domains, made, marksOf, nobodysId, now, upload, withCase } from './checks.ts'
import { freshInput, keys, signal } from './harness.ts'
import type { Harness } from './harness.ts'
import { thehive4 } from './open-older.ts'

const open: Harness[] = []
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close()
})

async function four(): Promise<Harness> {
  const harness = await thehive4('4.1.24').open()
  open.push(harness)
  return harness
}

describe('a 403 of TheHive 4', () => {
  it('about an alert that is not there says so', async () => {
    const { server, target } = await four()
    const gone = nobodysId(target)
    const item = { values: domains('one.example'), marks: marksOf(target) }
    await expect(server.addValues(gone, item, signal)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(server.updateAlert(gone, { severity: 3 }, signal)).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('about a case template that is not there names the template', async () => {
    const harness = await four()
    const { id } = await made(harness)
    await expect(
      harness.server.promote(id, { caseTemplate: 'No such template' }, signal),
    ).rejects.toMatchObject({ kind: 'rejected', message: expect.stringContaining('No such template') })
  })

  it('about a right that is missing stays one', async () => {
    const harness = await four()
    const reader = await harness.connectAs(keys.reader)
    const { id } = await made(harness)
    const item = { values: domains('one.example'), marks: marksOf(harness.target) }
    await expect(reader.addValues(id, item, signal)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(reader.promote(id, {}, signal)).rejects.toMatchObject({ kind: 'forbidden' })
    await reader.close()
  })
})

describe('an alert with more than fits into one request', () => {
  it('gets the rest at once: files by multipart, values in their groups', async () => {
    const { server, hive, target } = await four()
    const marks = marksOf(target)
    const large = randomBytes(400_000)
    const values = domains(...Array.from({ length: 3_000 }, (_, at) => `host-${at}.example`))
    const inline = {
      values: values.map((value) => ({ value, marks })),
      files: [
        { file: upload('large.bin', large), marks },
        { file: upload('small.txt', Buffer.from('x'), 'text/plain'), marks },
      ],
    }
    const before = hive.events().length
    const made = await server.createAlert(freshInput(), inline, signal)
    expect(made.observableCount).toBe(3_002)
    const found = await server.observables(made.id, signal)
    expect(new Set(found.map(({ data, attachment }) => data ?? attachment?.name)).size).toBe(3_002)
    expect(found.find(({ attachment }) => attachment?.name === 'large.bin')?.attachment?.size).toBe(400_000)
    expect(hive.events(before).filter(({ method }) => method === 'POST').length).toBeLessThan(12)
  })

  it('that breaks off in between says which alert was made', async () => {
    const { server, hive, target } = await four()
    const files = [{ file: upload('large.bin', randomBytes(400_000)), marks: marksOf(target) }]
    const match = { method: 'POST', pathRegex: '/artifact$' }
    hive.faults.set({ failNext: [{ match, action: 'status', status: 503 }] })
    const input = freshInput()
    const failure: unknown = await server
      .createAlert(input, { values: [], files }, signal)
      .catch((thrown: unknown) => thrown)
    const alert = await server.alert(alertKey(input), signal)
    expect(failure).toMatchObject({ kind: 'server-error', details: { createdId: alert?.id, sent: true } })
  })
})

describe('an alert', () => {
  it('is found by a key with semicolons in its reference', async () => {
    const harness = await four()
    const { id, ...alert } = await made(harness, { sourceRef: `a;b;${Date.now()}` })
    expect((await harness.server.alert(alertKey(alert), signal))?.id).toBe(id)
  })

  it('keeps its case closed and its mark when it is edited', async () => {
    const harness = await four()
    const { alertId, caseId } = await withCase(harness)
    await harness.server.updateCase(caseId, { status: 'Other' }, signal)
    await harness.server.updateAlert(alertId, { title: 'Corrected', addTags: ['seen'] }, signal)
    expect(await now(harness, alertId)).toMatchObject({ status: 'Imported', title: 'Corrected', read: true })
    expect((await harness.server.case(caseId, signal))?.stage).toBe('Closed')
  })

  it('in a case refuses to be merged into another', async () => {
    const harness = await four()
    const [first, second] = [await withCase(harness), await withCase(harness)]
    await expect(harness.server.merge(first.alertId, second.caseId, signal)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect((await now(harness, first.alertId)).caseId).toBe(first.caseId)
  })
})

describe('a TheHive 4 that does not tell what became of an alert', () => {
  it.each(['4.0.5', '4.1.0-1', '4.1.15'])('is refused before it gets a credential: %s', async (version) => {
    const hive = await startStandIn({ flavour: 'thehive4', version, alerts: 0 })
    const connection = { url: hive.url, apiKey: keys.analyst }
    await expect(
      detectServer(connection, signal).then((found) => openServer(connection, found, signal)),
    ).rejects.toMatchObject({
      kind: 'forbidden',
      message: `This is TheHive ${version}. Forager works with TheHive 4 from 4.1.16 on: earlier ones do not tell when an alert was read, promoted or merged.`,
      next: expect.stringContaining('4.1.24'),
      details: { tooOld: version },
    })
    expect(hive.events().filter(({ user }) => user !== undefined)).toEqual([])
    await hive.stop()
  })

  it.each(['4.1.16', '4.1.16-1', '4.2.0', 'unknown', ''])('is not %j', (version) => {
    expect(() => refuseTooOld({ flavour: 'thehive4', version })).not.toThrow()
  })
})

it('an organisation the account does not work in is refused by name', async () => {
  const { hive } = await four()
  const detection = await detectServer({ url: hive.url }, signal)
  const connection = { url: hive.url, apiKey: keys.analyst, organisation: 'elsewhere' }
  await expect(openServer(connection, detection, signal)).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining('elsewhere'),
  })
})
