import type { QueueRow } from '#shared/model/queue-row.ts'
import type { QueueFilter } from '#shared/query/queue-filter.ts'

const among = <T>(values: readonly T[] | undefined, value: T): boolean =>
  values === undefined || values.length === 0 || values.includes(value)

/**
 * Whether a row still belongs to a view after a decision. Only what triage changes is looked at:
 * free text is left out, since the row does not carry all that text searches.
 */
export function rowMatches(filter: QueueFilter, row: QueueRow): boolean {
  return (
    among(filter.stages, row.stage) &&
    among(filter.statuses, row.status) &&
    among(filter.severities, row.severity) &&
    among(filter.sources, row.source) &&
    among(filter.types, row.type) &&
    tagsMatch(filter, row) &&
    (filter.assignee === undefined || (row.assignee ?? null) === filter.assignee) &&
    (filter.caseId === undefined || row.caseId === filter.caseId)
  )
}

function tagsMatch(filter: QueueFilter, row: QueueRow): boolean {
  const wanted = filter.tags ?? []
  return (
    (wanted.length === 0 || wanted.some((tag) => row.tags.includes(tag))) &&
    !(filter.notTags ?? []).some((tag) => row.tags.includes(tag))
  )
}
