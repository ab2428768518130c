import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ServerView } from '#shared/model/view.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'
import { lackedBy } from './abilities.ts'
import { readFilter } from './read-filter.ts'
import { queryList } from './run-query.ts'

/**
 * The views of alerts, the user's own and those shared with him. The API description names no list of views; the query is
 * called as lists of everything else are, and a server that does not know it keeps its views to itself.
 */
export async function listViews(api: Api, signal: AbortSignal): Promise<ServerView[]> {
  if (lackedBy(api.version).views !== undefined) return []
  const steps = [{ _name: 'listListView' }]
  const read = (row: unknown): ServerView | undefined => readView(api, row)
  try {
    const views = await queryList(api, { label: 'views', steps, read }, signal)
    return views.filter((view) => view !== undefined).sort((a, b) => a.name.localeCompare(b.name))
  } catch (thrown) {
    if (thrown instanceof ForagerError && thrown.kind === 'rejected') return []
    throw thrown
  }
}

/** Undefined for views of anything but alerts. */
function readView(api: Api, value: unknown): ServerView | undefined {
  const row = wire.asRow(value, 'view')
  const [id, name, entity] = [wire.id(row), wire.text(row, 'name'), wire.text(row, 'entity')]
  if (entity !== 'Alert') return undefined
  const shared = wire.flag(row, 'isShared', false)
  const filter = wire.asRow(row['filter'], 'filter')
  return { id, name, shared, stored: JSON.stringify(filter), ...readFilter(filter, api.scale) }
}
