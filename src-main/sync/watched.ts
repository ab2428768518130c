import { asForagerError } from '#shared/errors/convert.ts'
import type { Attention } from '#shared/model/attention.ts'
import { classifyFailure } from './classify-failure.ts'
import { findOnServer } from './find-on-server.ts'
import type { FollowContext } from './round-context.ts'
import type { SyncEvents } from './ports.ts'

type View = NonNullable<Attention['view']>
type ViewContext = Omit<FollowContext, 'book'> & {
  book: Parameters<typeof findOnServer>[1]['book']
  events: Pick<SyncEvents, 'changed'>
}

/**
 * While the first copy runs, the list in front comes first: each view is asked for once. One for each engine. A view the
 * server cannot be asked for comes with the copy, like everything.
 */
export function createViewFirst() {
  const asked = new Set<string>()
  return async function viewFirst(view: View | undefined, context: ViewContext): Promise<void> {
    const key = JSON.stringify(view)
    if (view === undefined || asked.has(key)) return
    const { server, cache, book, signal, now, events } = context
    const catalog = await cache.catalog()
    const customFields = new Map((catalog?.customFields ?? []).map(({ name, type }) => [name, type]))
    try {
      const found = await findOnServer({ ...view, now: now(), customFields }, { server, cache, book, signal })
      if (found.changed.length > 0) events.changed(found.changed, found.arrived)
    } catch (thrown) {
      if (classifyFailure(asForagerError(thrown)).outcome !== 'refused') throw thrown
    }
    asked.add(key)
  }
}
