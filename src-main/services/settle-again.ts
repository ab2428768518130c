import { asForagerError } from '#shared/errors/convert.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { OutboxStore } from '../store/ports.ts'
import type { OperationBook } from '../sync/operation-book.ts'
import type { SyncCache } from '../sync/ports.ts'

type Held = { outbox: Pick<OutboxStore, 'receipts'>; cache: Pick<SyncCache, 'settle' | 'unsettled'> }
type Parts = Held & { book: Pick<OperationBook, 'resolved'>; catalog: Pick<Catalog, 'caseTemplates'> }

/** Read at a time. */
const pageSize = 500

/**
 * A workspace's copy that came back from its backup, or without its newest changes, is older than the outbox: what took hold since takes
 * hold again, in that order. Asked at every opening, so that it goes on where a crash or a full disk ended it.
 */
export async function settleAgain({ outbox, cache, book, catalog }: Parts): Promise<void> {
  for (const operation of (await unsettled({ outbox, cache })).reverse()) {
    try {
      await cache.settle(operation.alertId, [book.resolved(operation)], catalog.caseTemplates)
    } catch (thrown) {
      // What it is about may be what was lost; it holds up no other.
      if (!isRefusal(asForagerError(thrown))) throw thrown
    }
  }
}

/** Newest first. Behind a page that is settled whole everything is. */
async function unsettled({ outbox, cache }: Held): Promise<Operation[]> {
  const found: Operation[] = []
  for (let last: string | undefined; ;) {
    const page = outbox.receipts(pageSize, last)
    const ids = new Set(await cache.unsettled(page.map(({ id }) => id)))
    if (ids.size === 0) return found
    found.push(...page.filter(({ id }) => ids.has(id)))
    last = page.at(-1)?.id
  }
}
