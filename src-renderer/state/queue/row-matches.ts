import type { QueueRow } from '#shared/model/queue-row.ts'
import { papValues, tlpValues } from '#shared/model/scales.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import type { Filter } from '#shared/query/filter.ts'
import type { Subject } from '#shared/query/subject.ts'

const one = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

/** What a row knows of its alert. */
export function subjectOfRow(row: QueueRow): Subject {
  return {
    texts: {
      ...{ status: [row.status], stage: [row.stage], type: [row.type], source: [row.source] },
      ...{ sourceRef: [row.sourceRef], title: [row.title], tags: row.tags },
      ...{ assignee: one(row.assignee), caseId: one(row.caseId) },
    },
    numbers: {
      ...{ severity: [row.severity], tlp: [tlpValues.indexOf(row.tlp)], pap: [papValues.indexOf(row.pap)] },
      ...{ date: [row.date], observableCount: [row.observableCount] },
      ...((row.caseId === undefined || row.caseNumber !== undefined) && { caseNumber: one(row.caseNumber) }),
    },
    flags: { gone: row.gone === true },
  }
}

/** Whether a row still belongs to a view after a decision. What the row cannot tell does not send it away. */
export const rowMatches = (filter: Filter, row: QueueRow, now = Date.now()): boolean =>
  evaluate(filter, subjectOfRow(row), now) !== false
