import type { Stage } from '#shared/model/scales.ts'
import type { QueueCounts } from '#shared/model/queue-row.ts'
import type { QueueFilter } from '#shared/query/queue-filter.ts'

export type ViewId = keyof QueueCounts['views'] | 'all'
export type View = { id: ViewId; name: string; filter: QueueFilter }

const open: Stage[] = ['New', 'InProgress']

/** The built-in views; each is nothing but a filter, and the query bar says it in words. */
export function builtInViews(login: string | undefined): View[] {
  return [
    { id: 'inbox', name: 'Inbox', filter: { stages: open } },
    ...(login === undefined
      ? []
      : [{ id: 'mine' as const, name: 'Mine', filter: { stages: open, assignee: login } }]),
    { id: 'unassigned', name: 'Unassigned', filter: { stages: open, assignee: null } },
    { id: 'critical', name: 'Critical', filter: { stages: open, severities: [4] } },
    { id: 'imported', name: 'Imported', filter: { stages: ['Imported'] } },
    { id: 'closed', name: 'Closed', filter: { stages: ['Closed'] } },
    { id: 'all', name: 'All', filter: {} },
  ]
}

/** How many the sidebar shows beside a view. */
export function viewCount(counts: QueueCounts | undefined, id: ViewId): number | undefined {
  if (!counts) return undefined
  return id === 'all' ? counts.total : counts.views[id]
}

/** Same filter, whatever order its lists are in. */
export function sameFilter(a: QueueFilter, b: QueueFilter): boolean {
  return canonical(a) === canonical(b)
}

function canonical(filter: QueueFilter): string {
  const entries = Object.entries(filter)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => [key, Array.isArray(value) ? [...value].map(String).sort() : value] as const)
  return JSON.stringify(entries.sort(([a], [b]) => a.localeCompare(b)))
}
