import type { EventName, EventPayload } from '#shared/contract/events.ts'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Session } from '#shared/model/session.ts'
import { v7 as newId } from 'uuid'
import { systemClock } from '../platform/clock.ts'
import type { ServiceContext } from '../services/context.ts'
import { localCatalog, localSession } from '../services/local-workspace.ts'
import { fillWithSample } from '../services/sample-workspace.ts'
import type { CarryContext } from '../services/carry.ts'
import { exportOutbox } from '../services/export-outbox.ts'
import type { Exported, ExportRequest } from '../services/export-outbox.ts'
import type { ReceiptFormat } from '../services/receipt-file.ts'
import type { SaveContext } from '../services/save-file.ts'
import { settleAgain } from '../services/settle-again.ts'
import { readSettings } from '../services/settings.ts'
import { strayNotice } from '../services/stray-files.ts'
import { SyncEngine } from '../sync/engine.ts'
import type { Driver } from '../sync/driver.ts'
import { atHome } from '../sync/home-organisation.ts'
import { OperationBook } from '../sync/operation-book.ts'
import type { SyncEvents } from '../sync/ports.ts'
import { syncStateOf } from '../sync/sync-state.ts'
import { isDamageNoted } from '../store/cache-damage.ts'
import { isCorrupt } from '../store/sql-errors.ts'
import type { Connection } from '../thehive/port.ts'
import type { Home } from '../outbox-file/contents.ts'
import { callTable } from './call-table.ts'
import type { CallTable } from './call-table.ts'
import { startLocalDriver } from './local-driver.ts'
import { keepLeftOut } from './left-out.ts'
import type { OpenRequest } from './messages.ts'
import { exportReceipts } from './receipt-reading.ts'
import { openPacker } from './open-packer.ts'
import { openProfileFiles } from './profile-files.ts'
import type { ProfileFiles } from './profile-files.ts'
import { connectServer } from './server-factory.ts'
import { openSpecimenRoom, sweepSpecimens } from './specimen-room.ts'

export type Tell = <E extends EventName>(name: E, payload: EventPayload<E>) => void

/** A profile while it is open. */
export type OpenedProfile = {
  summary: () => OpenProfile
  calls: CallTable
  /** What the machine tells, unasked. */
  driver: Pick<Driver, 'hint' | 'power' | 'leave'>
  /** What saving an observable's file needs: main asks for the path in between. */
  saving: SaveContext
  /** What else went wrong at opening. */
  note: (notice: ErrorData) => void
  exportReceipts: (request: {
    format: ReceiptFormat
    path: string
  }) => Promise<{ path: string; count: number }>
  exportOutbox: (request: ExportRequest) => Promise<Exported>
  close: () => Promise<void>
}

/** More than this many changed ids are not worth naming one by one. */
const mostNamedIds = 500

/**
 * Opens the files, re-folds what the outbox says, starts what moves decisions on. Closing undoes it in reverse. Damage in the cache that
 * shows only now has been noted, so that opening it once more recovers it.
 */
export async function openProfile(request: OpenRequest, tell: Tell, beside: string): Promise<OpenedProfile> {
  try {
    return await openOnce(request, tell, beside)
  } catch (thrown) {
    if (!isCorrupt(thrown) || !isDamageNoted(request.folder)) throw thrown
    return openOnce(request, tell, beside)
  }
}

async function openOnce(request: OpenRequest, tell: Tell, beside: string): Promise<OpenedProfile> {
  const { folder, keyHex, connection } = request
  const care = connection === undefined ? 'precious' : 'disposable'
  const mayBeginAnew = request.mayBeginAnew === true
  const files = await openProfileFiles({ folder, keyHex, care }, { beside, mayBeginAnew })
  try {
    return await openOn(files, request, tell)
  } catch (thrown) {
    // What failed first is what the analyst must hear.
    await files.close().catch(() => undefined)
    throw thrown
  }
}

async function openOn(files: ProfileFiles, request: OpenRequest, tell: Tell): Promise<OpenedProfile> {
  const { profile, folder, keyHex, connection } = request
  const known: Known = await whatIsKnown(request, files)
  const events: SyncEvents = {
    status: (status) => tell('sync.status', status),
    changed: (ids, arrived) =>
      tell('queue.changed', { ids: ids.length > mostNamedIds ? [] : [...ids], arrived }),
    outboxChanged: () => {
      const { waiting, needAttention, exported } = driver.status()
      tell('outbox.changed', { waiting, needAttention, exported })
    },
    connected: (session, catalog) => {
      Object.assign(known, { session, catalog })
      tell('profile.changed', summary())
    },
  }
  const failed = (thrown: unknown) =>
    events.status({ ...driver.status(), problem: toErrorData(asForagerError(thrown)) })
  const book = new OperationBook(files.outbox, files.cache, events)
  const specimens = openSpecimenRoom({ folder, keyHex }, files.outbox)
  // Before anything that waits takes hold.
  if (connection === undefined) await settleAgain({ ...files, book, catalog: known.catalog })
  const parts = { book, cache: files.cache, events }
  const driver: Driver =
    connection === undefined
      ? startLocalDriver({ ...parts, catalog: () => known.catalog })
      : new SyncEngine(
          {
            ...{ ...parts, specimens, clock: systemClock, streamClock: systemClock },
            settings: readSettings(files.outbox),
            connect: atHome(connector(connection, files, failed), profile.organisation),
          },
          syncStateOf(await files.cache.marks()),
        )
  const summary = (): OpenProfile => ({
    ...{ profile, session: known.session, sync: driver.status() },
    ...(files.notices.length > 0 && { notices: files.notices }),
  })
  await book.restoreFold()
  // In a workspace without a server the kept file is the only one.
  if (connection !== undefined) await sweepSpecimens({ folder, keyHex }, book.all(), files.outbox)
  const strays = specimens.strays(book.all())
  const noticed = strayNotice(strays.list().length)
  if (noticed) files.notices.push(noticed)
  if (request.workOffline === true) driver.workOffline(true)
  if (driver instanceof SyncEngine) driver.start()

  const context: ServiceContext = {
    book,
    session: () => known.session,
    catalog: () => known.catalog,
    settings: () => readSettings(files.outbox),
    now: systemClock.now,
    newId,
    shown: (id) => files.readers.quick.detail(id),
    shownCase: (id) => files.readers.quick.case(id),
    alertIdByKey: ({ type, source, sourceRef }) => files.cache.alertIdByKey({ type, source, sourceRef }),
    queued: () => driver.wake(),
    foldFailed: failed,
  }
  const packer = openPacker({
    ...{ files, driver, book, catalog: context.catalog, changed: events.changed },
    taken: specimens.taken,
    tell: (status) => tell('pack.changed', status),
  })
  if (connection !== undefined) await packer.restore()
  const saving: SaveContext = { ...context, driver, strays, openKept: specimens.openKept }
  const carrying: CarryContext = {
    ...{ ...context, driver, carriedFiles: specimens.carried },
    home: () => homeOf(request, known.session),
  }
  return {
    ...{ summary, saving, driver },
    note: (notice) => {
      files.notices.push(notice)
      tell('profile.changed', summary())
    },
    exportOutbox: (wanted) => exportOutbox(wanted, carrying),
    exportReceipts: (wanted) => exportReceipts(wanted, { context, files }),
    calls: callTable({
      context: { ...saving, ...carrying, driver, takeIn: specimens.takeIn },
      ...{ driver, files, packer, profileId: profile.id, changed: events.changed },
    }),
    close: async () => {
      try {
        // What it asked the server ends with the server's connection.
        await Promise.all([packer.close(), driver.close()])
      } finally {
        await files.close()
      }
    },
  }
}

/** Whose decisions these are: the connection as it was made, whoever is known to be there. */
function homeOf({ profile, connection }: OpenRequest, session: Session): Home | undefined {
  if (connection === undefined) return undefined
  const { login = session.login, organisation = session.organisation, endpoint } = profile
  return { url: endpoint?.url ?? connection.url, login, organisation }
}

type Known = { session: Session; catalog: Catalog }

/** Who we are, from the last time: enough to work before, or without, a connection. */
async function whatIsKnown({ profile, session }: OpenRequest, { cache }: ProfileFiles): Promise<Known> {
  if (session !== undefined) await cache.saveSession(session)
  if (profile.kind === 'sample') await fillWithSample(cache, Date.now())
  const catalog = (await cache.catalog()) ?? localCatalog()
  return { session: (await cache.session()) ?? localSession(profile), catalog }
}

function connector(connection: Connection, { cache }: ProfileFiles, failed: (thrown: unknown) => void) {
  const leftOut = keepLeftOut(cache, failed)
  return async (signal: AbortSignal) => {
    if (connection.apiKey === '') throw keyNotKept()
    const { server, url, flavour } = await connectServer(connection, signal, { leftOut })
    // The lists are read anew, whole.
    await cache.forgetAside('listed')
    await cache.serverIs({ flavour, version: server.session.version, host: new URL(url).host })
    return server
  }
}

function keyNotKept(): ForagerError {
  return new ForagerError('unauthorised', 'The API key of this connection is not kept any more.', {
    did: 'Your copy and what waits in the outbox are here; nothing is sent.',
    next: 'Close the connection and connect again: the same address, and a key of the same user.',
  })
}
