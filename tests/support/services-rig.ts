import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Capabilities, Session } from '#shared/model/session.ts'
import type { ServiceContext } from '#main/services/context.ts'
import { readSettings } from '#main/services/settings.ts'
import { localCatalog, localSession } from '#main/services/local-workspace.ts'
import type { StoredDetail } from '#main/store/ports.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { memoryOutbox } from './sync/memory-outbox.ts'

/** The use cases over a book in memory: what they queue is in `outbox.operations`. */
export function servicesRig(given: {
  alerts?: Alert[]
  cases?: Case[]
  /** What hangs on them, by alert. */
  on?: Record<string, Partial<StoredDetail>>
  capabilities?: Partial<Capabilities>
  catalog?: Partial<Catalog>
  flavour?: Session['flavour']
}) {
  const outbox = memoryOutbox()
  const cache = { setPending: () => Promise.resolve(), restorePending: () => Promise.resolve() }
  const book = new OperationBook(outbox, cache as unknown as SyncCache, {
    changed: () => undefined,
    outboxChanged: () => undefined,
  })
  const local = localSession({ id: 'p', kind: 'local', name: 'acme' })
  const { flavour = local.flavour } = given
  const capabilities = {
    ...local.capabilities,
    ...given.capabilities,
    cannot: { ...local.capabilities.cannot, ...given.capabilities?.cannot },
  }
  const session = { ...local, flavour, login: 'ana', capabilities }
  const failures: unknown[] = []
  let count = 0
  const context: ServiceContext = {
    book,
    session: () => session,
    catalog: () => ({ ...localCatalog(), ...given.catalog }),
    settings: () => readSettings(outbox),
    now: () => 1_000,
    newId: () => `id-${(count += 1)}`,
    shown: (id) => {
      const alert = given.alerts?.find((one) => one.id === id)
      return Promise.resolve(alert && { ...nothingOnIt, ...given.on?.[id], alert })
    },
    shownCase: (id) => Promise.resolve(given.cases?.find((one) => one.id === id)),
    alertIdByKey: (key) => Promise.resolve(given.alerts?.find((one) => one.sourceRef === key.sourceRef)?.id),
    queued: () => undefined,
    foldFailed: (thrown) => failures.push(thrown),
  }
  return { context, outbox, failures }
}

const nothingOnIt = { observables: [], comments: [], procedures: [], attachments: [] }
