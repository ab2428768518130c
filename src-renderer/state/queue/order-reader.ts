import type { Filter } from '#shared/query/filter.ts'
import type { QueueCursor, QueueSort } from '#shared/query/queue-sort.ts'
import type { Api } from '../api-port.ts'

/** Enough for any screen; asked first so that something shows at once. */
const firstChunk = 500
const nextChunk = 50_000

export type OrderQuestion = { filter: Filter; sort: QueueSort }

/** Reads a view's order chunk by chunk; each chunk continues where the one before ended. Stops when the consumer does. */
export async function* readOrder(api: Api, question: OrderQuestion): AsyncGenerator<number[]> {
  let after: QueueCursor | undefined
  let limit = firstChunk
  for (;;) {
    const page = await api.call('queue.order', { ...question, limit, ...(after && { after }) })
    yield page.pks
    if (!page.next) return
    after = page.next
    limit = nextChunk
  }
}
