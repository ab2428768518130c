import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Catalog } from '#shared/model/catalog.ts'
import type { ServerView } from '#shared/model/view.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'
import { lackedBy } from './abilities.ts'
import { readFilter } from './read-filter.ts'
import { queryList } from './run-query.ts'

/**
 * The views of alerts, the user's own and those shared with him. The API description names no list of views; the query is
 * called as lists of everything else are; a server that does not know it refuses, and whoever asks is told.
 */
export async function listViews(api: Api, signal: AbortSignal): Promise<ServerView[]> {
  if (lackedBy(api.version).views !== undefined) return []
  const steps = [{ _name: 'listListView' }]
  const read = (row: unknown): ServerView | undefined => readView(api, row)
  const views = await queryList(api, { label: 'views', steps, read }, signal)
  return views.filter((view) => view !== undefined).sort((a, b) => a.name.localeCompare(b.name))
}

/** For the catalogue: a server that refuses this one question is as good as before, and its refusal is shown in the views' place. */
export async function viewsOrWhyNot(
  api: Api,
  signal: AbortSignal,
): Promise<Pick<Catalog, 'views' | 'viewsProblem'>> {
  try {
    const views = await listViews(api, signal)
    return views.length === 0 ? {} : { views }
  } catch (thrown) {
    if (thrown instanceof ForagerError && thrown.kind === 'rejected') return { viewsProblem: thrown.message }
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
