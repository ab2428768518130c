import type { Alert } from '#shared/model/alert.ts'
import type { Connection } from '../open-database.ts'
import type { PullFacts } from '../pull-port.ts'
import type { CacheWriter } from '../ports.ts'
import { parseStored } from './alert-json.ts'
import type { Tables } from './tables.ts'
import type { createWriteScopes, WriteScope } from './write-scope.ts'

type Facts = { db: Connection; tables: Tables; write: ReturnType<typeof createWriteScopes> }

/** The alerts came, or are listed: marks and suspicions go. Answers whose mark went. */
export function seenAgain(
  { gone, sweep, alerts }: Tables,
  scope: WriteScope,
  ids: readonly string[],
): string[] {
  sweep.clear(ids)
  const back = gone.among(ids)
  for (const id of back) {
    const row = alerts.find(id)
    if (row === undefined) continue
    gone.clear(row.pk)
    scope.countAs(parseStored<Alert>(row.body), { gone: false })
  }
  return back
}

/** What tells a copy from the server's own: a sweep over its ids, and counts. */
export function pullFacts({ db, tables, write }: Facts): PullFacts & Pick<CacheWriter, 'markGone'> {
  const { sweep, alerts, gone } = tables
  const gaps = db.prepare<[string], string>(gapsSql).pluck()
  const ofCases = db
    .prepare<[string], string>(
      'SELECT a.id FROM json_each(?) j CROSS JOIN alert a ON a.case_id = j.value ORDER BY a.pk',
    )
    .pluck()
  return {
    markGone: (ids, at) =>
      write((scope) => {
        sweep.clear(ids)
        for (const id of ids) {
          const row = alerts.find(id)
          if (row === undefined || row.gone === 1) continue
          gone.mark(row.pk, at)
          scope.countAs(parseStored<Alert>(row.body), { gone: true })
        }
      }),
    beginSweep: () => write(() => sweep.begin()),
    sweepPage: (ids) => write((scope) => ({ unknown: sweep.see(ids), back: seenAgain(tables, scope, ids) })),
    endSweep: (pass) => write(() => sweep.end(pass)),
    suspectDeleted: (told, at) => write(() => told.forEach((one) => sweep.told(one.id, one.at, at))),
    suspects: sweep.due,
    expectedCount: sweep.expected,
    observableGaps: (ids) => gaps.all(JSON.stringify(ids)),
    alertsOfCases: (ids) => ofCases.all(JSON.stringify(ids)),
  }
}

/** What pending decisions add or take away does not count: the server does not know of it. */
const gapsSql = `
  SELECT a.id FROM json_each(?) j CROSS JOIN alert a ON a.id = j.value JOIN alert_body b ON b.pk = a.pk
  WHERE (a.pending = 0 OR b.base IS NOT NULL)
    AND coalesce(json_extract(b.base, '$.observableCount'), a.observable_count)
      <> (SELECT count(*) FROM observable o WHERE o.alert_pk = a.pk AND o.pending = 0)`
