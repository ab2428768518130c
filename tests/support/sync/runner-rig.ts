import { Readable } from 'node:stream'
import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Ingested } from '#main/store/ports.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import { drain } from '#main/sync/outbox-runner.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import type { Upload } from '#main/thehive/port.ts'
import { memoryOutbox } from './memory-outbox.ts'
import { modelHive } from './model-hive.ts'

/** As the cache answers when something waits on each of them. */
const ingested = (underPending: Alert[]): Ingested => ({ changed: [], arrived: 0, underPending })

export type ModelHive = ReturnType<typeof modelHive>

/** A kept file is named by its specimen's id in here. */
const uploadOf = (name: string): Upload => ({
  ...{ name, contentType: 'text/plain', size: 8 },
  open: () => Readable.from(['evidence']),
})

/** The runner with everything real but the disk, the network and the time. `calls` is what the cache was told. */
export function runnerRig(
  operations: readonly Operation[],
  arrange: (hive: ModelHive) => unknown = () => undefined,
) {
  const hive = modelHive()
  arrange(hive)
  const outbox = memoryOutbox(operations)
  const calls: { method: string; args: unknown[] }[] = []
  const bases = new Map<string, Alert>()
  const answers: Record<string, (asked: unknown) => unknown> = {
    ingestAlerts(alerts) {
      for (const alert of alerts as Alert[]) bases.set(alert.id, alert)
      return ingested(alerts as Alert[])
    },
    alert: (id) => ({ base: bases.get(id as string), effective: bases.get(id as string) }),
  }
  const cache = new Proxy({} as SyncCache, {
    get: (_, method) =>
      method === 'then'
        ? undefined
        : (...args: unknown[]) => {
            calls.push({ method: String(method), args })
            return Promise.resolve(answers[String(method)]?.(args[0]))
          },
  })
  const time = { now: 6_000 }
  const clock = { now: () => time.now, random: () => 0, sleep: () => Promise.resolve() }
  const events = { changed: () => undefined, outboxChanged: () => undefined }
  const open = () => new OperationBook(outbox, cache, events)
  const rig = {
    ...{ hive, outbox, calls, time, cache },
    book: open(),
    /** The process dies and starts again: memory is gone, the outbox is not. */
    restart: () => void (rig.book = open()),
    drain: (isStopped = () => false) =>
      drain(
        {
          ...{ server: hive.server, cache, clock, pending: rig.book },
          specimens: { upload: (id) => Promise.resolve(uploadOf(id)) },
          signal: new AbortController().signal,
        },
        isStopped,
      ),
    states: () => Object.fromEntries(outbox.operations.map(({ id, state }) => [id, state])),
  }
  return rig
}
