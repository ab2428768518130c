import type { MessagePort } from 'node:worker_threads'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { PageRequest, ReadPage, SetAside } from '../domain/page.ts'
import { readyAlert, readyObservable } from '../store/cache/ready-rows.ts'
import type { ReadyAlert, ReadyObservable } from '../store/cache/ready-rows.ts'
import type { PageRead } from '../sync/ports.ts'
import type { PageServer } from '../thehive/page-readers.ts'

/** How a flavour's pages are read; chosen where the thread is composed. */
export type PageReaders = {
  alerts: (bytes: Uint8Array, request: PageRequest) => ReadPage<Alert>
  observables: (
    bytes: Uint8Array,
    request: PageRequest,
  ) => ReadPage<{ alertId: string; observable: Observable }>
}

/** A page ready to be stored. */
export type ReadyPage = { setAside: SetAside[] } & (
  | { entity: 'alert'; rows: ReadyAlert[] }
  | { entity: 'observable'; rows: (ReadyObservable & { alertId: string })[] }
)

/** What travels from the thread that reads to the one that stores. */
export type SentPage = { token: number } & ({ page: ReadyPage } | { error: ErrorData })

/**
 * Bytes in; rows ready to be bound go straight to the storing thread. Whoever asked hears what the page was as soon as it is
 * parsed, so that the next one can be fetched while this one's rows are made ready.
 */
export function pageThread(readers: PageReaders, store: Pick<MessagePort, 'postMessage'>) {
  let token = 0

  const sendLater = (ready: () => ReadyPage): number => {
    const sent = ++token
    setImmediate(() => {
      try {
        store.postMessage({ token: sent, page: ready() } satisfies SentPage)
      } catch (thrown) {
        store.postMessage({ token: sent, error: toErrorData(thrown) } satisfies SentPage)
      }
    })
    return sent
  }

  const answer = (page: ReadPage<unknown>, request: PageRequest, ready: () => ReadyPage): PageRead => {
    const { rows, newest, next, setAside } = page
    // A single row is asked for its stamp alone: nobody stores it.
    const known = request.limit > 1 ? sendLater(ready) : ++token
    return { token: known, rows, newest, next, setAside: setAside.length }
  }

  return {
    readPage(entity: ReadyPage['entity'], bytes: Uint8Array, request: PageRequest): PageRead {
      if (entity === 'alert') {
        const page = readers.alerts(bytes, request)
        return answer(page, request, () => readyAlerts(page))
      }
      const page = readers.observables(bytes, request)
      return answer(page, request, () => readyObservables(page))
    },
  }
}
export type PageThread = ReturnType<typeof pageThread> & {
  serverIs: (server: PageServer) => void
}

const readyAlerts = ({ items, setAside }: ReturnType<PageReaders['alerts']>): ReadyPage => ({
  entity: 'alert',
  setAside,
  rows: items.map(readyAlert),
})

const readyObservables = ({ items, setAside }: ReturnType<PageReaders['observables']>): ReadyPage => ({
  entity: 'observable',
  setAside,
  rows: items.map(({ alertId, observable }) => ({ alertId, ...readyObservable(observable) })),
})
