import type { QueueCounts } from '#shared/model/queue-row.ts'
import { allOf } from '#shared/query/build.ts'
import { everything } from '#shared/query/filter.ts'
import type { Filter } from '#shared/query/filter.ts'

export type ViewId = keyof QueueCounts['views'] | 'all'
export type View = { id: ViewId; name: string; filter: Filter }

/** Somebody still has to decide, and can: an alert the server no longer shows is found elsewhere. */
const open: readonly Filter[] = [
  { op: 'in', field: 'stage', values: ['New', 'InProgress'] },
  { op: 'eq', field: 'gone', value: false },
]
const unassigned: Filter = { op: 'not', of: { op: 'has', field: 'assignee' } }
const critical: Filter = { op: 'eq', field: 'severity', value: 4 }

/** The built-in views; each is nothing but a filter, and the query bar says it in words. */
export function builtInViews(login: string | undefined): View[] {
  const mine = (value: string): Filter => allOf([...open, { op: 'eq', field: 'assignee', value }])
  return [
    { id: 'inbox', name: 'Inbox', filter: allOf(open) },
    ...(login === undefined ? [] : [{ id: 'mine' as const, name: 'Mine', filter: mine(login) }]),
    { id: 'unassigned', name: 'Unassigned', filter: allOf([...open, unassigned]) },
    { id: 'critical', name: 'Critical', filter: allOf([...open, critical]) },
    { id: 'imported', name: 'Imported', filter: { op: 'eq', field: 'stage', value: 'Imported' } },
    { id: 'closed', name: 'Closed', filter: { op: 'eq', field: 'stage', value: 'Closed' } },
    { id: 'all', name: 'All', filter: everything },
  ]
}

/** How many the sidebar shows beside a view. */
export function viewCount(counts: QueueCounts | undefined, id: ViewId): number | undefined {
  if (!counts) return undefined
  return id === 'all' ? counts.total : counts.views[id]
}
