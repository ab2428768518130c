import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { connectServer } from '#main/core/server-factory.ts'
import { openCacheReader } from '#main/store/cache-reader.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { SyncEngine } from '#main/sync/engine.ts'
import { atHome } from '#main/sync/home-organisation.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { Clock } from '#main/sync/ports.ts'
import { syncStateOf } from '#main/sync/sync-state.ts'
import type { PageServer } from '#main/thehive/page-readers.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { startStandIn } from '../thehive/stand-in.ts'
import type { StandIn } from '../thehive/stand-in.ts'
import type { Flavour } from '../thehive/state/server-kind.ts'
import { directCache } from './direct-cache.ts'
import { memoryOutbox } from './memory-outbox.ts'
import { steppedClock } from './stepped-clock.ts'

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
  /** Listens to the server's stream, in its own time. */
  listen?: Clock
}) {
  const { flavour, alerts = 120, arrange, listen } = options
  const hive = await startStandIn({ seed: 1, alerts, flavour })
  arrange?.(hive)
  const folder = mkdtempSync(join(tmpdir(), 'forager-pull-'))
  const location = { folder, keyHex: undefined, care: 'disposable' } as const
  const time = steppedClock()
  const writer = openCacheWriter(location)
  const reader = openCacheReader(location)
  let server: PageServer = { flavour: flavour, version: '', host: '' }
  const cache = directCache(writer, () => server, time.clock.now)
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
    const parts = {
      cache,
      book,
      specimens,
      clock: time.clock,
      events,
      ...(listen && { streamClock: listen }),
    }
    return new SyncEngine({ ...parts, connect: atHome(connect, home) }, before)
  }
  const colleague = (await person('ben-key')).server
  const home = colleague.session.organisation
  let engine = await startEngine('ana-key')
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
