import type { QueueCounts, QueueRow } from '#shared/model/queue-row.ts'

/** A plain recount, as the store's counter tables would have it. */
export function countRows(rows: readonly QueueRow[], login: string): QueueCounts {
  const open = rows.filter((row) => (row.stage === 'New' || row.stage === 'InProgress') && row.gone !== true)
  return {
    total: rows.length,
    views: {
      inbox: open.length,
      mine: open.filter((row) => row.assignee === login).length,
      unassigned: open.filter((row) => row.assignee === undefined).length,
      critical: open.filter((row) => row.severity === 4).length,
      imported: rows.filter((row) => row.stage === 'Imported').length,
      closed: rows.filter((row) => row.stage === 'Closed').length,
    },
    stages: tally(rows, (row) => row.stage),
    severities: tally(rows, (row) => String(row.severity)),
    sources: tally(rows, (row) => row.source),
    types: tally(rows, (row) => row.type),
  }
}

function tally(rows: readonly QueueRow[], by: (row: QueueRow) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[by(row)] = (counts[by(row)] ?? 0) + 1
  return counts
}
