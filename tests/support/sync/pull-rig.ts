import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { connectServer } from '#main/core/server-factory.ts'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { CacheWriter } from '#main/store/ports.ts'
import { readyAlert, readyObservable } from '#main/store/cache/ready-rows.ts'
import { SyncEngine } from '#main/sync/engine.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { Clock, PageRead, SyncCache } from '#main/sync/ports.ts'
import { syncStateOf } from '#main/sync/sync-state.ts'
import { pageReadersOf } from '#main/thehive/page-readers.ts'
import type { PageServer } from '#main/thehive/page-readers.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { startStandIn } from '../thehive/stand-in.ts'
import type { StandIn } from '../thehive/stand-in.ts'
import type { Flavour } from '../thehive/state/server-kind.ts'
import { memoryOutbox } from './memory-outbox.ts'

export type PullRig = Awaited<ReturnType<typeof startPullRig>>

/**
 * The real engine, cache file and adapter against a stand-in over HTTP, with time in the test's hand: a round runs when it is
 * asked for. `colleague` is another analyst.
 */
export async function startPullRig(options: {
  flavour: Flavour
  alerts?: number
  /** What the server is like before anybody connects. */
  arrange?: (hive: StandIn) => void
}) {
  const { flavour, alerts = 120, arrange } = options
  const hive = await startStandIn({ seed: 1, alerts, flavour })
  arrange?.(hive)
  const folder = mkdtempSync(join(tmpdir(), 'forager-pull-'))
  const location = { folder, keyHex: undefined, care: 'disposable' } as const
  const time = steppedClock()
  const writer = openCacheWriter(location)
  const reader = openCacheReader(location)
  let server: PageServer = { flavour: flavour, version: '', host: '' }
  const cache = cacheOf(writer, () => server, time.clock.now)
  const told: (readonly string[])[] = []
  const events = {
    ...{ status: () => undefined, connected: () => undefined, outboxChanged: () => undefined },
    changed: (ids: readonly string[]) => void told.push(ids),
  }
  const outbox = memoryOutbox()
  const book = new OperationBook(outbox, cache, events)
  const person = (apiKey: string, signal = new AbortController().signal) =>
    connectServer({ url: hive.url, apiKey }, signal)

  const startEngine = async (apiKey: string) => {
    const connect = async (signal: AbortSignal): Promise<TheHiveServer> => {
      const found = await person(apiKey, signal)
      server = { flavour: flavour, version: found.server.session.version, host: 'hive.example' }
      return found.server
    }
    const specimens = { upload: () => Promise.reject(new Error('no files here')) }
    const before = syncStateOf(await cache.marks())
    return new SyncEngine({ connect, cache, book, specimens, clock: time.clock, events }, before)
  }
  let engine = await startEngine('ana-key')
  const colleague = (await person('ben-key')).server
  const rig = {
    ...{ hive, writer, reader, colleague, outbox, book },
    /** What the screens were told: alerts that changed; an empty list means any. */
    told,
    engine: () => engine,
    /** Time passes; then one round runs, to its end. */
    round: (ms = 20_000) => time.step(ms),
    rounds: async (count: number) => {
      for (let done = 0; done < count; done += 1) await time.step(20_000)
    },
    /** Closes and starts again on the same files. */
    restart: async (apiKey = 'ana-key') => {
      await engine.close()
      engine = await startEngine(apiKey)
      await time.step(0, () => engine.start())
    },
    gone: (): string[] => rowsOf(reader, true),
    shown: (): string[] => rowsOf(reader, false),
  }
  onTestFinished(async () => {
    await engine.close()
    await colleague.close()
    await hive.stop()
    reader.close()
    writer.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await time.step(0, () => engine.start())
  return rig
}

function rowsOf(reader: ReturnType<typeof openCacheReader>, gone: boolean): string[] {
  const { pks } = reader.order({ filter: everything, sort: newestFirst, after: undefined, limit: 100_000 })
  return reader
    .rows(pks)
    .filter((row) => (row.gone === true) === gone)
    .map(({ id }) => id)
}

/** The engine's rest is where a round has ended; stepping ends the rest and waits for the next one. */
function steppedClock() {
  let now = Date.now()
  let wake = () => undefined as void
  let rested = () => undefined as void
  const clock: Clock = {
    now: () => now,
    random: () => 0,
    sleep: (_, signal) =>
      new Promise((resolve) => {
        wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
        rested()
      }),
  }
  const step = (ms: number, start = () => wake()): Promise<void> =>
    new Promise((resolve) => {
      now += ms
      rested = resolve
      start()
    })
  return { clock, step }
}

/** The writer as sync calls it; pages are read where they are stored. */
function cacheOf(writer: CacheWriter, server: () => PageServer, now: () => number): SyncCache {
  const pages = new Map<number, () => ReturnType<CacheWriter['ingestReadyAlerts']>>()
  const readPage: SyncCache['readPage'] = async (entity, bytes, request): Promise<PageRead> => {
    const readers = pageReadersOf(server().flavour)
    const token = pages.size + 1
    if (entity === 'alert') {
      const { items, setAside, rows, next, newest } = readers.alerts(bytes, request, server())
      pages.set(token, () => {
        writer.setAside(setAside)
        return writer.ingestReadyAlerts(items.map(readyAlert), now())
      })
      return { token, rows, next, newest, setAside: setAside.length }
    }
    const { items, setAside, rows, next, newest } = readers.observables(bytes, request, server())
    pages.set(token, () => {
      const ready = items.map(({ alertId, observable }) => ({ alertId, ...readyObservable(observable) }))
      return { ...writer.ingestReadyObservables(ready), arrived: 0, underPending: [] }
    })
    return { token, rows, next, newest, setAside: setAside.length }
  }
  const own = {
    readPage,
    ingestPage: async (token: number) => pages.get(token)?.() ?? Promise.reject(new Error('no such page')),
  }
  return new Proxy(own as unknown as SyncCache, {
    get: (target, name) => {
      if (name === 'then') return undefined
      if (Object.hasOwn(target, name)) return Reflect.get(target, name) as unknown
      const method = Reflect.get(writer, name) as (...args: unknown[]) => unknown
      return async (...args: unknown[]) => method(...args)
    },
  })
}
