import type { QueueCounts, QueueRow } from '#shared/model/queue-row.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'

/** Columns named as the row names them; the values were schema-checked before they were written. */
type Row = Omit<QueueRow, 'tags' | 'pending' | 'assignee' | 'caseId' | 'caseNumber' | 'going' | 'gone'> & {
  tags: string
  pending: 0 | 1
  assignee: string | null
  caseId: string | null
  caseNumber: number | null
  going: 1 | null
  gone: 0 | 1
}

const rowsSql = `
  SELECT a.pk, a.id, a.title, a.severity, a.tlp, a.pap, a.type, a.source, a.source_ref AS sourceRef, a.status, a.stage, a.date,
    a.tags, a.observable_count AS observableCount, a.assignee, a.case_id AS caseId, c.number AS caseNumber, a.pending,
    CASE a.pending WHEN 1 THEN (SELECT json_extract(b.body, '$.going') FROM alert_body b WHERE b.pk = a.pk) END AS going,
    g.alert_pk IS NOT NULL AS gone
  FROM json_each(?) j CROSS JOIN alert a ON a.pk = j.value LEFT JOIN case_ c ON c.id = a.case_id
    LEFT JOIN gone g ON g.alert_pk = a.pk
  ORDER BY j.key`

/** Lines of the queue by key, in the order asked; keys that are gone are left out. */
export function createQueueRows(db: Connection) {
  const read = db.prepare<[string], Row>(rowsSql)
  return (pks: readonly number[]): QueueRow[] => read.all(JSON.stringify(pks)).map(toQueueRow)
}

function toQueueRow({ tags, pending, assignee, caseId, caseNumber, going, gone, ...plain }: Row): QueueRow {
  return {
    ...plain,
    tags: parseStored<string[]>(tags),
    pending: pending === 1,
    ...(assignee !== null && { assignee }),
    ...(caseId !== null && { caseId }),
    ...(caseNumber !== null && { caseNumber }),
    ...(going !== null && { going: true }),
    ...(gone === 1 && { gone: true }),
  }
}

type CounterRow = { name: string; key: string; n: number }

/** The counters as the sidebar shows them. */
export function createCounts(db: Connection) {
  const read = db.prepare<[string], CounterRow>(
    `SELECT name, key, n FROM counter WHERE name <> 'assignee' OR key = ?`,
  )
  return (login: string): QueueCounts => {
    const rows = read.all(login)
    const one = (name: string, key = ''): number =>
      rows.find((row) => row.name === name && row.key === key)?.n ?? 0
    const facet = (name: string): Record<string, number> =>
      Object.fromEntries(rows.filter((row) => row.name === name).map(({ key, n }) => [key, n]))
    return {
      total: one('all'),
      views: {
        inbox: one('inbox'),
        mine: one('assignee', login),
        unassigned: one('unassigned'),
        critical: one('severity', '4'),
        imported: one('stage', 'Imported'),
        closed: one('stage', 'Closed'),
      },
      stages: facet('stage'),
      severities: facet('severity'),
      sources: facet('source'),
      types: facet('type'),
    }
  }
}
