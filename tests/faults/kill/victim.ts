/** A process that runs the real core on real files and decides as fast as it can, until somebody kills it. */
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import type { CoreCall, CoreThread } from '#main/core/messages.ts'
import type { Filter } from '#shared/query/filter.ts'
import { startThread } from '#main/core/threads.ts'
import { anInput, plainMarks } from '#tests/support/make.ts'
import { say } from '../rig/say.ts'
import { sorts } from './messages.ts'
import type { Orders, Said, Sort } from './messages.ts'

const orders = JSON.parse(process.argv[2] ?? '') as Orders
const { remote } = startThread<CoreThread>(pathToFileURL(orders.core), undefined)

const call = <K extends CoreCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>> =>
  remote.call(name, input) as Promise<CallOutput<K>>

const tell = (said: Said): void => say(JSON.stringify(said))

async function alertsHere(): Promise<string[]> {
  const sort = { field: 'date', direction: 'desc' } as const
  for (;;) {
    const filter: Filter = { op: 'in', field: 'stage', values: ['New', 'InProgress'] }
    const { pks } = await call('queue.order', { filter, sort, limit: 20 })
    const rows = await call('queue.rows', { pks })
    if (rows.length > 0) return rows.map(({ id }) => id)
    await delay(20)
  }
}

async function decide(sort: Sort, key: string, id: string): Promise<unknown> {
  switch (sort) {
    case 'comment':
      return call('triage.comment', { id, message: key })
    case 'value':
      return call('triage.addValues', { id, values: [{ dataType: 'domain', data: key }], marks: plainMarks })
    case 'tag':
      return call('triage.update', { ids: [id], change: { addTags: [key] } })
    case 'alert':
      return call('alerts.create', {
        ...{ input: anInput({ sourceRef: key }), values: [], marks: plainMarks, paths: [] },
      })
    case 'promotion': {
      const { alertId } = await call('alerts.create', {
        ...{ input: anInput({ sourceRef: `of-${key}` }), values: [], marks: plainMarks, paths: [] },
      })
      return call('triage.promote', { id: alertId, choices: { title: key } })
    }
    case 'case':
      return call('cases.create', {
        input: { title: key, description: '', tags: [], severity: 2, tlp: 'amber', pap: 'amber' },
      })
  }
}

const sentTogether = 4

async function decideForEver(): Promise<never> {
  const ids = await alertsHere()
  tell({ ready: true })
  for (let n = 0; ; n += 1) {
    const sort = sorts[n % sorts.length] ?? 'comment'
    const key = `${orders.life}-${n}.example`
    tell({ tries: key, sort })
    await decide(sort, key, ids[n % ids.length] ?? '')
    tell({ done: key })
    // Undo windows would keep everything from being sent while this lives.
    if (n % sentTogether === 0) await call('outbox.sendNow', {})
  }
}

async function rest(): Promise<void> {
  await call('outbox.sendNow', {})
  let least = Infinity
  for (;;) {
    const { waiting, lastSuccessAt } = await call('sync.status', {})
    if (waiting < least) tell({ waiting })
    least = Math.min(least, waiting)
    if (waiting === 0 && lastSuccessAt !== undefined) break
    await delay(50)
  }
  await remote.close()
  tell({ rested: true })
  process.exit(0)
}

await remote.open({
  ...{ profile: { id: 'p', kind: 'thehive', name: 'Test' }, folder: orders.folder },
  ...{ keyHex: orders.keyHex, connection: { url: orders.url, apiKey: 'ana-key' } },
})
await (orders.task === 'rest' ? rest() : decideForEver())
