import { expect, it } from 'vitest'
import { freshCase, made } from './checks.ts'
import { signal } from './harness.ts'
import type { Harness } from './harness.ts'
import { thehive5 } from './open-v1.ts'

const name = 'root-cause'

/** A field that must have a value before anything that carries it is closed. */
async function define({ hive }: Harness): Promise<void> {
  const answer = await fetch(`${hive.url}/api/v1/customField`, {
    method: 'POST',
    headers: { authorization: 'Bearer admin-key', 'content-type': 'application/json' },
    body: JSON.stringify({ name, group: 'default', description: '', type: 'string', mandatory: true }),
  })
  expect(answer.status).toBe(201)
}

const empty = { name, type: 'string', value: null }
const filled = { name, type: 'string', value: 'a forwarded mail' }

/** The stand-in looks at what it has, not at what comes along: the harsher of the two readings. */
it.each(['5.1.9', '5.8.0'])('%s closes what is filled in by the same decision', async (version) => {
  const harness = await thehive5(version).open()
  const { server } = harness
  await define(harness)
  const closed = async (of: 'alertStatuses' | 'caseStatuses') =>
    (await server.catalog(signal))[of].find(({ stage }) => stage === 'Closed')?.value ?? ''

  const alert = await made(harness, { customFields: [empty] })
  const status = await closed('alertStatuses')
  await expect(server.updateAlert(alert.id, { status }, signal)).rejects.toMatchObject({ kind: 'rejected' })
  await server.updateAlert(alert.id, { status, customFields: [filled] }, signal)
  expect(await server.alert(alert.id, signal)).toMatchObject({ stage: 'Closed', customFields: [filled] })

  const second = await made(harness, { customFields: [empty] })
  await server.updateAlerts([second.id], { status, customFields: [filled] }, signal)
  expect(await server.alert(second.id, signal)).toMatchObject({ stage: 'Closed', customFields: [filled] })

  const { id } = await server.createCase(freshCase(), signal)
  await server.updateCase(id, { customFields: [empty] }, signal)
  const change = { status: await closed('caseStatuses') }
  await expect(server.updateCase(id, change, signal)).rejects.toMatchObject({ kind: 'rejected' })
  await server.updateCase(id, { ...change, customFields: [filled] }, signal)
  expect(await server.case(id, signal)).toMatchObject({ stage: 'Closed', customFields: [filled] })
  await harness.close()
})
