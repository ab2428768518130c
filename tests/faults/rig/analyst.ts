import { connectServer } from '#main/core/server-factory.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { CacheWriter, OutboxStore } from '#main/store/ports.ts'
import { SyncEngine } from '#main/sync/engine.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { Clock, Specimens } from '#main/sync/ports.ts'
import { syncStateOf } from '#main/sync/sync-state.ts'
import type { PageServer } from '#main/thehive/page-readers.ts'
import type { Connection, TheHiveServer, Upload } from '#main/thehive/port.ts'
import { directCache } from '#tests/support/sync/direct-cache.ts'

const keyHex = 'ab'.repeat(32)

/** Shorter than anybody's patience, longer than a loaded machine takes. Ms. */
export const timeouts = { connect: 5_000, headers: 1_500, body: 1_500, answer: 1_500 }

export type Analyst = Awaited<ReturnType<typeof openAnalyst>>

type Opening = {
  folder: string
  connection: Connection
  clock: Clock
  /** Files taken in, by specimen id. */
  kept: ReadonlyMap<string, Upload>
  /** Stands between sync and the files: counts, fails, dies. */
  between?: { outbox: (store: OutboxStore) => OutboxStore; writer: (writer: CacheWriter) => CacheWriter }
}

/** One analyst's Forager without threads and windows: the real files, the real engine, the real client. Nothing runs yet. */
export async function openAnalyst(opening: Opening) {
  const location = { folder: opening.folder, keyHex, care: 'disposable' } as const
  const opened = { writer: openCacheWriter(location), outbox: openOutbox(location) }
  const close = (): void => {
    opened.outbox.close()
    opened.writer.close()
  }
  try {
    return await analystOn(opened, close, opening)
  } catch (thrown) {
    close()
    throw thrown
  }
}

type Opened = { writer: CacheWriter; outbox: OutboxStore }

async function analystOn(opened: Opened, closeFiles: () => void, opening: Opening) {
  const { connection, clock, kept, between } = opening
  const writer = between?.writer(opened.writer) ?? opened.writer
  const outbox = between?.outbox(opened.outbox) ?? opened.outbox
  let known: PageServer = { flavour: 'thehive5', version: '', host: '' }
  const cache = directCache(writer, () => known, clock.now)
  const events = {
    ...{ status: () => undefined, connected: () => undefined },
    ...{ outboxChanged: () => undefined, changed: () => undefined },
  }
  const book = new OperationBook(outbox, cache, events)
  const connect = async (signal: AbortSignal): Promise<TheHiveServer> => {
    const { server, flavour } = await connectServer(connection, signal, { timeouts })
    known = { flavour, version: server.session.version, host: 'hive.example' }
    return server
  }
  const before = syncStateOf(await cache.marks())
  const engine = new SyncEngine(
    { ...{ connect, cache, book, clock, events }, specimens: specimensOf(kept) },
    before,
  )
  await book.restoreFold()
  return {
    ...{ engine, book, outbox, writer },
    close: async () => {
      await engine.close()
      closeFiles()
    },
  }
}

const specimensOf = (kept: ReadonlyMap<string, Upload>): Specimens => ({
  upload: (id) => {
    const file = kept.get(id)
    return file === undefined ? Promise.reject(new Error(`No file ${id} was kept.`)) : Promise.resolve(file)
  },
})
