import { rmSync } from 'node:fs'
import { Agent } from 'node:http'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { connectServer } from '#main/core/server-factory.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import { drain } from '#main/sync/outbox-runner.ts'
import type { AtOnce, TheHiveServer } from '#main/thehive/port.ts'
import { anOperation } from '#tests/support/make.ts'
import { directCache } from '#tests/support/sync/direct-cache.ts'
import { benchFolder } from '../bench-folder.ts'
import { askOnce } from '../sync-support/ask-once.ts'
import type { StandInProcess } from '../sync-support/stand-in-process.ts'

export type DrainRun = { ms: number; requests: number }

const { signal } = new AbortController()
const keyHex = '5a'.repeat(32)
const oneByOne: AtOnce = {
  updateAlerts: () => 1,
  deleteAlerts: 1,
  mergeMany: 1,
  updateObservables: () => 1,
}

/** Ids of the oldest alerts. */
export async function someIds({ connection }: StandInProcess, limit: number): Promise<string[]> {
  const { server } = await connectServer(connection, signal)
  const { ids } = await server.alertIdPage({ cursor: undefined, limit }, signal)
  await server.close()
  return ids
}

/** One decision an alert, all waiting, and then a drain over real files until the server has them and each is read back. */
export async function drainRun(
  hive: StandInProcess,
  { ids, change, together }: { ids: readonly string[]; change: AlertChange; together: boolean },
): Promise<DrainRun> {
  const { server: whole } = await connectServer(hive.connection, signal)
  const server = together ? whole : ({ ...whole, atOnce: oneByOne } satisfies TheHiveServer)
  const folder = benchFolder()
  const writer = openCacheWriter({ folder, keyHex, care: 'disposable' })
  const outbox = openOutbox({ folder, keyHex, care: 'precious' })
  try {
    for (let at = 0; at < ids.length; at += 100) {
      const { alerts } = await whole.alertsById(ids.slice(at, at + 100), signal)
      writer.ingestAlerts(alerts, Date.now())
    }
    const cache = directCache(writer, () => ({ flavour: 'thehive5', version: '', host: '' }), Date.now)
    const book = new OperationBook(outbox, cache, {
      changed: () => undefined,
      outboxChanged: () => undefined,
    })
    await book.append(ids.map((alertId, at) => decided(alertId, `op-${at}`, change)))
    const before = await hive.requests()
    const started = performance.now()
    const clock = { now: Date.now, random: () => 0, sleep: () => Promise.resolve() }
    const specimens = { upload: () => Promise.reject(new Error('no files here')) }
    const { ended } = await drain({ server, cache, clock, pending: book, specimens, signal })
    const ms = performance.now() - started
    if (ended !== 'empty' || book.all().length > 0) throw new Error(`The drain ended with ${ended}`)
    return { ms, requests: (await hive.requests()) - before }
  } finally {
    outbox.close()
    writer.close()
    await whole.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const decided = (alertId: string, id: string, change: AlertChange): Operation =>
  anOperation('alert.update', { change, effect: {} }, { id, alertId })

/** What a script does: one call an alert over a connection that stays open, without a look before or after. */
export async function scriptRun(
  hive: StandInProcess,
  { ids, change }: { ids: readonly string[]; change: AlertChange },
): Promise<DrainRun> {
  const { url, apiKey } = hive.connection
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const before = await hive.requests()
  const started = performance.now()
  for (const id of ids) {
    const path = `${url}/api/v1/alert/${encodeURIComponent(id)}`
    await askOnce(path, { method: 'PATCH', headers, body: JSON.stringify(change), agent })
  }
  agent.destroy()
  return { ms: performance.now() - started, requests: (await hive.requests()) - before }
}
