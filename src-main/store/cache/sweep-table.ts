import { judgeMissing } from '../../domain/missing-alerts.ts'
import type { Missing } from '../../domain/missing-alerts.ts'
import type { Connection } from '../open-database.ts'
import type { SweepResult } from '../pull-port.ts'

/** Rows only pending decisions make are not the server's: they cannot be missing there. */
const serversOwn = `(a.pending = 0 OR EXISTS (SELECT 1 FROM alert_body b WHERE b.pk = a.pk AND b.base IS NOT NULL))`

/**
 * The first part walks an index of keys alone; only what is missing is looked up. A row fetched since the pass began is there; one
 * fetched at a moment that has not come yet was fetched before the clock was set back.
 */
const missingSql = `
  WITH unseen AS MATERIALIZED (
    SELECT pk FROM alert x
    WHERE NOT EXISTS (SELECT 1 FROM sweep_seen s WHERE s.alert_pk = x.pk) AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = x.pk)
  )
  SELECT a.pk AS id, s.missed_at AS missedAt FROM unseen u CROSS JOIN alert a ON a.pk = u.pk
  LEFT JOIN suspect s ON s.alert_pk = a.pk
  WHERE coalesce(a.fetched_at, 0) NOT BETWEEN ? AND ? AND ${serversOwn}`

const expectedSql = `
  SELECT coalesce((SELECT n FROM counter WHERE name = 'all'), 0) - (SELECT count(*) FROM gone)
    - (SELECT count(*) FROM alert a WHERE a.pending = 1 AND NOT ${serversOwn})
    + (SELECT count(*) FROM aside WHERE entity = 'alert')`

const toldSql = `
  INSERT INTO suspect (alert_pk, missed_at, due)
  SELECT a.pk, @at, 1 FROM alert a JOIN alert_body b ON b.pk = a.pk
  WHERE a.id = @id AND ${serversOwn} AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = a.pk)
    AND json_extract(coalesce(b.base, b.body), '$.createdAt') <= @toldAt
  ON CONFLICT DO UPDATE SET due = 1`

/** What the current pass has seen, and what was missed: by it, or by earlier ones. */
export function createSweepTable(db: Connection) {
  const forgetSeen = db.prepare('DELETE FROM sweep_seen')
  const see = db.prepare<[string]>(
    `INSERT OR IGNORE INTO sweep_seen SELECT a.pk FROM json_each(?) j CROSS JOIN alert a ON a.id = j.value`,
  )
  const unknown = db
    .prepare<[string], number>(
      `SELECT count(*) FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = j.value)
         AND NOT EXISTS (SELECT 1 FROM aside x WHERE x.entity = 'alert' AND x.id = j.value)`,
    )
    .pluck()
  const missing = db.prepare<[number, number], { id: number; missedAt: number | null }>(missingSql)
  const keep = db.prepare<[number, number, number]>(
    `INSERT INTO suspect (alert_pk, missed_at, due) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET due = excluded.due, missed_at = min(missed_at, excluded.missed_at)`,
  )
  const expected = db.prepare<[], number>(expectedSql).pluck()
  const told = db.prepare<[{ id: string; at: number; toldAt: number }]>(toldSql)
  const due = db
    .prepare<[number], string>(
      'SELECT a.id FROM suspect s JOIN alert a ON a.pk = s.alert_pk WHERE s.due = 1 ORDER BY s.missed_at, s.alert_pk LIMIT ?',
    )
    .pluck()
  const any = db.prepare<[], number>('SELECT 1 FROM suspect LIMIT 1').pluck()
  const clear = db.prepare<[string]>(
    'DELETE FROM suspect WHERE alert_pk = (SELECT pk FROM alert WHERE id = ?)',
  )

  return {
    begin: () => void forgetSeen.run(),
    see(ids: readonly string[]): number {
      const list = JSON.stringify(ids)
      see.run(list)
      return unknown.get(list) ?? 0
    },
    /** What was seen stays: ending twice, after a crash in between, says the same twice. */
    end({ startedAt, at }: { startedAt: number; at: number }): SweepResult {
      const found: Missing[] = missing
        .all(startedAt, at)
        .map(({ id, missedAt }) => ({ id, missedAt: missedAt ?? undefined }))
      const verdict = judgeMissing(found, { total: expected.get() ?? 0, startedAt })
      for (const pk of verdict.due) keep.run(pk, at, 1)
      for (const pk of verdict.waiting) keep.run(pk, at, 0)
      return { missing: found.length, due: verdict.due.length }
    },
    told: (id: string, toldAt: number, at: number) => void told.run({ id, at, toldAt }),
    due: (limit: number) => (any.get() === undefined ? [] : due.all(limit)),
    expected: () => expected.get() ?? 0,
    /** The server shows these, or is known not to: nothing is suspected of them any more. */
    clear(alertIds: readonly string[]): void {
      if (any.get() !== undefined) for (const id of alertIds) clear.run(id)
    },
  }
}
