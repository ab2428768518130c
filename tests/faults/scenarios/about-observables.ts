import { createHash } from 'node:crypto'
import { plainMarks } from '#tests/support/make.ts'
import { writeZip } from '#tests/support/thehive/zip/write-zip.ts'
import { alertOn, decided, keepFile, once, someAlert } from './scenario.ts'
import type { Decision, Scenario, World } from './scenario.ts'

const address = { dataType: 'ip', data: '192.0.2.7' }

/** An alert with one observable. */
async function observed(world: World, n: number): Promise<{ alertId: string; id: string }> {
  const alertId = await someAlert(world, n)
  await world.hand.addValues(alertId, { values: [address], marks: plainMarks }, world.signal)
  const [observable] = await world.hand.observables(alertId, world.signal)
  if (observable === undefined) throw new Error('The stand-in did not take an observable.')
  return { alertId, id: observable.id }
}

const shown = (world: World, alertId: string) => alertOn(world, alertId)?.observables ?? []
const withValue = (world: World, alertId: string, wanted: string) =>
  shown(world, alertId).filter(({ data }) => data === wanted)
const withFile = (world: World, alertId: string, sha256: string) =>
  shown(world, alertId).filter(({ attachment }) => attachment?.blob.sha256 === sha256)

async function valuesAdded(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const values = [
    { dataType: 'ip', data: '192.0.2.1', localId: `local:v1-${n}` },
    { dataType: 'domain', data: 'bad.example', localId: `local:v2-${n}` },
  ]
  return {
    operation: decided('observable.add-values', { values, marks: plainMarks }, { ...world, n, alertId }),
    times: () =>
      withValue(world, alertId, 'bad.example').length === 1
        ? withValue(world, alertId, '192.0.2.1').length
        : 0,
  }
}

async function fileAdded(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const file = keepFile(world, `file-${n}.txt`, Buffer.from(`evidence ${n}`))
  return {
    operation: decided('observable.add-file', { ...file, marks: plainMarks }, { ...world, n, alertId }),
    times: () => withFile(world, alertId, file.attachment.sha256).length,
  }
}

async function zipAdded(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const bytes = [Buffer.from(`first of ${n}`), Buffer.from(`second of ${n}`)]
  const files = bytes.map((content, at) => ({ name: `in-${at}.txt`, bytes: content }))
  const file = keepFile(world, `pack-${n}.zip`, writeZip(files))
  const [first, second] = bytes.map((content) => createHash('sha256').update(content).digest('hex'))
  return {
    operation: decided(
      'observable.add-file',
      { ...file, marks: plainMarks, zip: {} },
      { ...world, n, alertId },
    ),
    times: () =>
      withFile(world, alertId, first ?? '').length === 1 ? withFile(world, alertId, second ?? '').length : 0,
  }
}

async function changed(world: World, n: number): Promise<Decision> {
  const { alertId, id } = await observed(world, n)
  const payload = { observableId: id, change: { ioc: true, addTags: ['c2'] } }
  return {
    operation: decided('observable.update', payload, { ...world, n, alertId, base: { ioc: false } }),
    times: () =>
      withValue(world, alertId, address.data).filter(({ ioc, tags }) => ioc && tags.includes('c2')).length,
  }
}

async function deleted(world: World, n: number): Promise<Decision> {
  const { alertId, id } = await observed(world, n)
  return {
    operation: decided('observable.delete', { observableId: id }, { ...world, n, alertId }),
    times: () => once(shown(world, alertId).length === 0),
  }
}

export const aboutObservables: readonly Scenario[] = [
  { kind: 'observable.add-values', decide: valuesAdded },
  { kind: 'observable.add-file', absentIn: ['thehive3'], decide: fileAdded },
  { kind: 'observable.add-file', variant: 'zip', absentIn: ['thehive3'], decide: zipAdded },
  { kind: 'observable.update', decide: changed },
  { kind: 'observable.delete', decide: deleted },
]
