import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import { canDo } from '#shared/model/session.ts'
import { readZip } from '#tests/support/thehive/zip/read-zip.ts'
import { addDomains, domains, made, marksOf, now, upload, withCase } from './checks.ts'
import { freshInput, keys, signal } from './harness.ts'
import type { Harness } from './harness.ts'
import { noInline } from './inputs.ts'
import { thehive3 } from './open-older.ts'

const open: Harness[] = []
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close()
})

async function three(version = '3.5.2'): Promise<Harness> {
  const harness = await thehive3(version).open()
  open.push(harness)
  return harness
}

describe('an edit of an alert TheHive 3 would act upon', () => {
  const changes: AlertChange[] = [{ title: 'Corrected' }, { severity: 3 }, { addTags: ['seen'] }]

  it.each(changes)('leaves a read alert read: %j', async (change) => {
    const harness = await three()
    const { id } = await made(harness)
    await harness.server.markRead(id, true, signal)
    await harness.server.updateAlert(id, change, signal)
    expect(await now(harness, id)).toMatchObject({ status: 'Ignored', read: true, follow: true })
  })

  it('leaves the closed case of an imported alert closed, also when an observable is added', async () => {
    const harness = await three()
    const { server } = harness
    const { alertId, caseId } = await withCase(harness, ['first.example'])
    await server.updateCase(caseId, { status: 'FalsePositive' }, signal)
    await server.updateAlert(alertId, { title: 'Corrected', addTags: ['seen'] }, signal)
    await addDomains(harness, alertId, 'second.example')
    expect(await server.case(caseId, signal)).toMatchObject({ status: 'FalsePositive', stage: 'Closed' })
    expect(await now(harness, alertId)).toMatchObject({ status: 'Imported', title: 'Corrected' })
  })
})

describe('a merge', () => {
  it('of an alert that is in another case is a conflict that names that case, not a success', async () => {
    const harness = await three()
    const { server } = harness
    const [first, second] = [await withCase(harness), await withCase(harness)]
    await expect(server.merge(first.alertId, second.caseId, signal)).rejects.toMatchObject({
      kind: 'conflict',
      details: { caseId: first.caseId },
    })
    expect((await server.merge(first.alertId, first.caseId, signal)).id).toBe(first.caseId)
  })

  it('of many takes none of them out of the case it is in', async () => {
    const harness = await three()
    const { server } = harness
    const [first, second] = [await withCase(harness), await withCase(harness)]
    const { id } = await made(harness)
    await expect(server.mergeMany([id, first.alertId], second.caseId, signal)).rejects.toMatchObject({
      kind: 'conflict',
    })
    expect(await now(harness, first.alertId)).toMatchObject({ caseId: first.caseId })
    expect(await now(harness, id)).not.toHaveProperty('caseId')
  })
})

describe('a case template', () => {
  it('that is not there is refused before an empty case is made', async () => {
    const harness = await three()
    const { id } = await made(harness)
    const before = harness.hive.effects()
    await expect(
      harness.server.promote(id, { caseTemplate: 'No such template' }, signal),
    ).rejects.toMatchObject({ kind: 'rejected', message: expect.stringContaining('No such template') })
    expect(harness.hive.effects()).toEqual(before)
  })

  it.each(['3.2.0', '3.3.0', '3.5.2'])('the alert names is taken by %s', async (version) => {
    const harness = await three(version)
    const { caseTemplates } = await harness.server.catalog(signal)
    const template = caseTemplates.find(({ taskTitles }) => taskTitles.length > 0)
    const { id } = await made(harness, { caseTemplate: template?.name })
    const { id: caseId } = await harness.server.promote(id, {}, signal)
    const tasks = await harness.server.tasks(caseId, signal)
    expect(tasks.map(({ title }) => title)).toEqual(template?.taskTitles)
  })
})

describe('an older TheHive 3', () => {
  it('finds an alert by its key although its id holds no type, and names the twin of another type', async () => {
    const harness = await three('3.0.3')
    const { server } = harness
    const input = freshInput()
    const { id } = await server.createAlert(input, noInline, signal)
    const key = `${input.type};${input.source};${input.sourceRef}`
    expect((await server.alert(key, signal))?.id).toBe(id)
    expect(await server.alert(`other;${input.source};${input.sourceRef}`, signal)).toBeUndefined()
    await expect(server.createAlert({ ...input, type: 'other' }, noInline, signal)).rejects.toMatchObject({
      kind: 'conflict',
      details: { twinId: id },
    })
  })

  it('keeps the observables an alert was created with, and changes none of them', async () => {
    const harness = await three('3.0.9')
    const { server } = harness
    const marks = { ...marksOf(harness.target), sighted: false }
    const values = [{ value: { dataType: 'domain', data: 'first.example' }, marks }]
    const { id: alertId } = await server.createAlert(freshInput(), { values, files: [] }, signal)
    const [first] = await server.observables(alertId, signal)
    expect(first?.data).toBe('first.example')
    const target = { alertId, id: first?.id ?? '' }
    const before = harness.hive.events().length
    for (const act of [
      () => server.addValues(alertId, { values: domains('second.example'), marks }, signal),
      () => server.updateObservable(target, { ioc: false }, signal),
      () => server.deleteObservable(target, signal),
    ])
      await expect(act()).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringContaining('3.0.10'),
        details: { sent: false },
      })
    expect(harness.hive.events()).toHaveLength(before)
    const path = `${harness.hive.url}/api/alert/${alertId}`
    const body = JSON.stringify({ artifacts: [{ dataType: 'domain', data: 'x.example', tags: [] }] })
    const headers = { authorization: `Bearer ${keys.analyst}`, 'content-type': 'application/json' }
    const answer = await fetch(path, { method: 'PATCH', headers, body })
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('UpdateReadOnlyAttributeError'),
    ])
  })

  it('deletes nothing, and says so before and after', async () => {
    const harness = await three('3.3.0')
    const { id } = await made(harness)
    expect(canDo(harness.server.session.capabilities, 'deleteAlert')).toMatch(/3\.4/)
    await expect(harness.server.deleteAlert(id, signal)).rejects.toMatchObject({ kind: 'rejected' })
    expect((await now(harness, id)).status).toBe('New')
  })

  it('merges one by one where it has no bulk merge', async () => {
    const harness = await three('3.2.1')
    const { caseId } = await withCase(harness)
    const { id } = await made(harness)
    expect(harness.server.session.capabilities.mergeLimit).toBe(1)
    expect((await harness.server.mergeMany([id], caseId, signal)).id).toBe(caseId)
  })

  it('takes observables without the mark it does not know, and refuses the mark', async () => {
    const harness = await three('3.3.0')
    const { id } = await made(harness)
    const marks = { ...marksOf(harness.target), sighted: false }
    const item = { values: domains('one.example'), marks }
    expect((await harness.server.addValues(id, item, signal)).added).toHaveLength(1)
    await expect(
      harness.server.addValues(id, { ...item, marks: { ...marks, sighted: true } }, signal),
    ).rejects.toMatchObject({ kind: 'rejected', details: { sent: false } })
  })
})

describe('deleting many', () => {
  it('works for those who may delete one, and in one request for administrators', async () => {
    const harness = await three()
    const ids = [(await made(harness)).id, (await made(harness)).id]
    expect(await harness.server.deleteAlerts(ids, signal)).toEqual(ids.map((id) => ({ id })))
    const more = [(await made(harness)).id, (await made(harness)).id]
    const boss = await harness.connectAs('boss-key')
    const before = harness.hive.events().length
    expect(await boss.deleteAlerts(more, signal)).toEqual(more.map((id) => ({ id })))
    await boss.close()
    expect(harness.hive.events(before)).toHaveLength(1)
    for (const id of [...ids, ...more]) expect(await harness.server.alert(id, signal)).toBeUndefined()
  })
})

describe('a file', () => {
  it('may have semicolons in its name, which is how TheHive 3 takes files apart', async () => {
    const { server, target } = await three()
    const file = upload('a;b;c.txt', Buffer.from('x'), 'text/plain; charset=utf-8')
    const files = [{ file, marks: marksOf(target) }]
    const { id } = await server.createAlert(freshInput(), { values: [], files }, signal)
    expect(await server.observables(id, signal)).toMatchObject([
      { attachment: { name: 'a_b_c.txt', contentType: 'text/plain', size: 1 } },
    ])
  })

  it('is fetched under a name the server takes, and saved under its own', async () => {
    const { server, target } = await three()
    const name = 'C:\\loot\\who? <me>|*"`.bin'
    const files = [{ file: upload(name, Buffer.from('x')), marks: marksOf(target) }]
    const { id: alertId } = await server.createAlert(freshInput(), { values: [], files }, signal)
    const [observable] = await server.observables(alertId, signal)
    if (observable === undefined) throw new Error('The file was not stored')
    const found = await server.download({ alertId, observable, as: 'file' }, signal)
    expect([found.name, (await buffer(found.bytes)).toString()]).toEqual([name, 'x'])
    const zip = await server.download({ alertId, observable, as: 'zip' }, signal)
    const [entry] = readZip(await buffer(zip.bytes), 'malware')
    expect([zip.name, entry?.name]).toEqual([`${name}.zip`, 'C__loot_who_ _me_____.bin'])
  })

  it('too large for a text inside the alert is refused before it is read', async () => {
    const { server, target } = await three()
    const open = () => {
      throw new Error('read')
    }
    const file = { ...upload('huge.bin', new Uint8Array(0)), size: 20_000_000, open }
    const files = [{ file, marks: marksOf(target) }]
    await expect(server.createAlert(freshInput(), { values: [], files }, signal)).rejects.toMatchObject({
      kind: 'rejected',
      details: { sent: false },
    })
  })
})

it('a reader is told apart from a gone alert', async () => {
  const harness = await three()
  const reader = await harness.connectAs(keys.reader)
  const { id } = await made(harness)
  await expect(reader.markRead(id, true, signal)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(harness.server.markRead('f'.repeat(32), true, signal)).rejects.toMatchObject({
    kind: 'not-found',
  })
  await reader.close()
})
